package dev.snug.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.vision.report.ReportLanguage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The two message files against each other, and against what templates and scripts ask for. */
final class MessagesTest {
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");
    private static final Messages VIETNAMESE = Messages.of(Language.VI);
    private static final Messages ENGLISH = Messages.of(Language.EN);

    @Test
    void both_languages_have_the_same_keys() {
        assertThat(VIETNAMESE.all().keySet()).isEqualTo(ENGLISH.all().keySet());
    }

    @Test
    void a_text_has_the_same_places_in_both_languages_and_is_never_empty() {
        for (Map.Entry<String, String> english : ENGLISH.all().entrySet()) {
            String vietnamese = VIETNAMESE.text(english.getKey());
            assertThat(places(vietnamese))
                    .as(english.getKey())
                    .isEqualTo(places(english.getValue()));
            assertThat(vietnamese).as(english.getKey()).isNotBlank();
        }
    }

    @Test
    void a_report_says_what_pages_say() throws IOException {
        for (Messages messages : List.of(ENGLISH, VIETNAMESE)) {
            Properties words = new Properties();
            String name = "words_" + messages.language().tag() + ".properties";
            try (InputStream in = ReportLanguage.class.getResourceAsStream(name)) {
                words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
            int same = 0;
            for (String key : words.stringPropertyNames()) {
                for (String own : List.of(key, "skin_" + key, "js_skin_" + key)) {
                    if (messages.find(own).isPresent()) {
                        assertThat(words.getProperty(key)).isEqualTo(messages.text(own));
                        same++;
                    }
                }
            }
            assertThat(same).isGreaterThan(35);
            assertThat(words.stringPropertyNames())
                    .containsAll(
                            messages.all().keySet().stream()
                                    .filter(key -> key.matches("(class|word)_.*"))
                                    .toList());
        }
    }

    @Test
    void vietnamese_is_written_in_composed_letters() {
        for (Map.Entry<String, String> text : VIETNAMESE.all().entrySet()) {
            assertThat(
                            java.text.Normalizer.isNormalized(
                                    text.getValue(), java.text.Normalizer.Form.NFC))
                    .as(text.getKey())
                    .isTrue();
        }
    }

    @Test
    void everything_that_a_template_says_is_there() throws IOException {
        for (String template :
                List.of(
                        "head", "foot", "advice", "skin", "result", "speak", "jobs", "models",
                        "memory", "sign_in", "first", "tokens", "error")) {
            assertThat(ENGLISH.all().keySet())
                    .as(template)
                    .containsAll(found(template + ".mustache", "\\{\\{m\\.([a-z_]+)}}"));
        }
    }

    @Test
    void everything_that_a_script_says_is_sent_with_its_page() throws IOException {
        String keys = "'(js_[a-z_]+|error_[a-z_]+)'";
        assertThat(ENGLISH.startingWith("js_all_", "js_skin_").keySet())
                .containsAll(found("skin.js", keys))
                .containsAll(found("photo.js", keys));
        assertThat(ENGLISH.startingWith("js_all_", "js_speak_").keySet())
                .containsAll(found("speak.js", keys));
        assertThat(ENGLISH.startingWith("js_all_", "js_jobs_").keySet())
                .containsAll(found("jobs.js", keys))
                .containsAll(found("photo.js", keys));
        assertThat(ENGLISH.startingWith("js_all_", "js_memory_").keySet())
                .containsAll(found("memory.js", keys));
    }

    @Test
    void values_stand_where_the_text_wants_them_and_an_unknown_key_is_an_error() {
        assertThat(VIETNAMESE.text("js_speak_left", 17, 2000)).isEqualTo("17/2000 ký tự");
        assertThatThrownBy(() -> ENGLISH.text("no_such_key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no_such_key");
    }

    @Test
    void numbers_have_the_decimal_mark_of_the_language() {
        assertThat(VIETNAMESE.number(73.42, 1)).isEqualTo("73,4");
        assertThat(ENGLISH.number(73.42, 1)).isEqualTo("73.4");
        assertThat(ENGLISH.bytes(8 << 20)).isEqualTo("8\u00a0MiB");
        assertThat(VIETNAMESE.bytes(6_400_000)).isEqualTo("6,1\u00a0MiB");
        assertThat(ENGLISH.bytes(12L << 30)).isEqualTo("12.0\u00a0GiB");
    }

    @Test
    void names_are_said_in_the_language_where_they_are_known() {
        assertThat(Names.ofClass(VIETNAMESE, "nv", "nv")).startsWith("Nốt ruồi");
        assertThat(
                        Names.ofClass(
                                ENGLISH,
                                "3",
                                "Psoriasis pictures Lichen Planus and related diseases"))
                .isEqualTo("Psoriasis, lichen planus and related");
        assertThat(Names.ofClass(ENGLISH, "0", "Acne")).isEqualTo("Acne");
        assertThat(Names.ofVoice(VIETNAMESE, "female-north")).isEqualTo("Nữ, miền Bắc");
        assertThat(Names.ofVoice(VIETNAMESE, "me")).isEqualTo("me");
        assertThat(Names.ofVoice(VIETNAMESE, "")).isEqualTo("");
    }

    private static List<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).sorted().toList();
    }

    private static Set<String> found(String resource, String pattern) throws IOException {
        try (InputStream in = Messages.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile(pattern)
                    .matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
