package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.snug.server.account.ApiTokens;
import dev.snug.server.account.Csrf;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.SpeechQuestion.Format;
import dev.snug.server.api.Speeches;
import dev.snug.server.http.Scope;
import dev.snug.server.job.Job;
import dev.snug.server.job.JobOrder;
import dev.snug.server.work.VoiceWire;
import dev.snug.speech.bundle.Traits;
import dev.snug.vision.report.Report;
import dev.snug.vision.report.ReportLanguage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words and bounds of the document. The oracle is the code that knows them. */
final class OpenApiWordsTest {
    /** How sources make errors with a status and a code, and with a code of one status. */
    private static final Map<Pattern, String> ERRORS =
            Map.of(
                    Pattern.compile("HttpException\\.of\\(\\s*(\\d{3}),\\s*\"(\\w+)\""), "",
                    Pattern.compile("(wrong)\\(\\s*(?:\"\\w+\"|name),\\s*\"(\\w+)\","), "400",
                    Pattern.compile("(nobody)\\(\\s*access,\\s*\"(\\w+)\","), "401");

    /** What only a page makes: the link to the first account. */
    private static final Set<String> OF_PAGES = Set.of("403 bad_link", "400 bad_account");

    /** What {@code /v2} tells in words alone. */
    private static final Set<String> OF_INFERENCE =
            Set.of("400 not_ready", "400 not_loaded", "400 not_here");

    private final OpenApi document;

    OpenApiWordsTest() throws IOException {
        document = OpenApi.shipped();
    }

    private Set<String> words(String schema) {
        return OpenApi.words(document.schema(schema).path("enum"));
    }

    private static Set<String> words(Enum<?>... all) {
        Set<String> words = new TreeSet<>();
        for (Enum<?> each : all) {
            words.add(each.name().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    @Test
    void everyWordThatTheCodeKnowsIsInTheDocumentAndNoOther() {
        assertThat(words("SoundFormat")).isEqualTo(words(Format.values()));
        assertThat(words("JobState")).isEqualTo(words(Job.State.values()));
        assertThat(words("ModelKind")).isEqualTo(words(ModelCard.Kind.values()));
        assertThat(words("Scope")).isEqualTo(words(Scope.values()));
        assertThat(words("Concern")).isEqualTo(words(PhotoConcern.values()));
        assertThat(words("ReportLanguage")).isEqualTo(words(ReportLanguage.values()));
        Set<String> forms = words(HeatMapForm.values());
        forms.remove("none");
        assertThat(words("HeatMapForm")).isEqualTo(forms);
    }

    @Test
    void theTraitsOfVoicesAreTheSameWhereverTheyStand() {
        Map<String, Set<String>> traits =
                Map.of(
                        "Gender", words(Traits.Gender.values()),
                        "Group", words(Traits.Group.values()),
                        "Area", words(Traits.Area.values()),
                        "Emotion", words(Traits.Emotion.values()));
        traits.forEach(
                (name, all) -> {
                    String key = name.toLowerCase(Locale.ROOT);
                    assertThat(VoiceWire.TRAITS).contains(key);
                    assertThat(words(name)).isEqualTo(all);
                    JsonNode listed = document.schema("Voice").path("properties").path(key);
                    assertThat(OpenApi.words(listed.path("enum"))).isEqualTo(all);
                });
        assertThat(VoiceWire.TRAITS).hasSize(traits.size());
    }

    @Test
    void theTypesOfTensorsAreThoseThatModelsTakeAndGive() throws ClassNotFoundException {
        Object[] types = Class.forName("dev.snug.server.inference.Datatype").getEnumConstants();
        assertThat(words("Datatype"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Objects.requireNonNull(types))
                                .map(Object::toString)
                                .toList());
    }

    @Test
    void soundHasTheContentTypesOfItsFormats() {
        List<String> types = Arrays.stream(Format.values()).map(Format::type).toList();
        for (String path : List.of("/v1/speech", "/v1/audio/speech")) {
            JsonNode reply = document.operation("POST", path).tree().at("/responses/200");
            Set<String> said = new TreeSet<>();
            reply.path("content").fieldNames().forEachRemaining(said::add);
            said.remove("text/event-stream");
            assertThat(said).containsExactlyInAnyOrderElementsOf(types);
        }
        JsonNode result = document.operation("GET", "/v1/jobs/{id}/result").tree();
        for (String type : types) {
            assertThat(result.at("/responses/200/content").has(type)).as(type).isTrue();
        }
    }

    @Test
    void theFormatsOfOpenAiAreThoseOfSnug() {
        JsonNode request = document.schema("OpenAiSpeechRequest");
        assertThat(OpenApi.words(request.at("/properties/response_format/enum")))
                .isEqualTo(words("SoundFormat"));
    }

    @Test
    void boundsAreThoseOfTheCode() {
        assertThat(number("PicturesJob", "/properties/picture/maxItems"))
                .isEqualTo(JobOrder.ITEMS_MAX);
        assertThat(number("ReportForm", "/properties/name/maxLength"))
                .isEqualTo(Report.NAME_CHARS_MAX);
        assertThat(number("TokenRequest", "/properties/name/maxLength"))
                .isEqualTo(ApiTokens.NAME_CHARS);
        assertThat(number("TokenRequest", "/properties/days/maximum"))
                .isEqualTo(ApiTokens.DAYS_MOST);
        assertThat(number("TokenRequest", "/properties/days/default")).isEqualTo(ApiTokens.DAYS);
        assertThat(document.schema("Seed").path("default").longValue()).isEqualTo(Speeches.SEED);
        JsonNode order = document.operation("POST", "/v1/jobs").tree();
        assertThat(order.at("/parameters/0/schema/maxLength").intValue())
                .isEqualTo(JobOrder.IdempotencyKey.CHARS_MAX);
        assertThat(document.tree().at("/components/securitySchemes/csrf/name").textValue())
                .isEqualTo(Csrf.HEADER);
    }

    private int number(String schema, String at) {
        return document.schema(schema).at(at).intValue();
    }

    @Test
    void everyErrorThatTheCodeMakesIsInTheDocumentAndNoOther() throws IOException {
        Set<String> made = new TreeSet<>(made());
        made.removeAll(OF_PAGES);
        made.removeAll(OF_INFERENCE);
        Map<String, String> statuses = statuses();
        Set<String> said = new TreeSet<>();
        Set<String> codes = new TreeSet<>();
        statuses.forEach(
                (name, status) -> {
                    JsonNode error = document.tree().at("/components/responses/" + name);
                    JsonNode code =
                            error.path("content")
                                    .path("application/json")
                                    .at("/schema/properties/error/properties/code/enum");
                    for (String word : OpenApi.words(code)) {
                        said.add(status + " " + word);
                        codes.add(word);
                    }
                });
        assertThat(said).isEqualTo(made).hasSizeGreaterThan(40);
        assertThat(words("ErrorCode")).isEqualTo(codes);
    }

    @Test
    void thePageForPeopleHasTheSameErrors() throws IOException {
        String page = Files.readString(Path.of("../docs/api.md"));
        Set<String> said = new TreeSet<>();
        page.substring(page.indexOf("## Errors"))
                .lines()
                .filter(line -> line.matches("\\| \\d{3}.*"))
                .map(line -> line.split("\\|", -1)[2])
                .forEach(
                        cell ->
                                Pattern.compile("`(\\w+)`")
                                        .matcher(cell)
                                        .results()
                                        .forEach(each -> said.add(each.group(1))));
        OF_PAGES.forEach(each -> said.remove(each.split(" ", 2)[1]));

        assertThat(said).isEqualTo(words("ErrorCode"));
    }

    /** The statuses of the errors that are told as {@code Error}, by their names. */
    private Map<String, String> statuses() {
        Map<String, String> statuses = new TreeMap<>(Map.of("MethodNotAllowed", "405"));
        for (OpenApi.Operation operation : document.operations()) {
            operation
                    .tree()
                    .path("responses")
                    .properties()
                    .forEach(
                            each -> {
                                String at = each.getValue().path("$ref").asText();
                                String name = at.substring(at.lastIndexOf('/') + 1);
                                if (!name.isEmpty() && !name.equals("InferenceError")) {
                                    assertThat(statuses.merge(name, each.getKey(), (a, b) -> b))
                                            .isEqualTo(each.getKey());
                                }
                            });
        }
        return statuses;
    }

    /** Statuses and codes in the server's sources, but those of pages. */
    private static Set<String> made() throws IOException {
        Set<String> made = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(each -> each.toString().endsWith(".java")).toList()) {
                if (source.toString().contains("/page/")) {
                    continue;
                }
                String text = Files.readString(source);
                ERRORS.forEach(
                        (pattern, status) ->
                                pattern.matcher(text)
                                        .results()
                                        .forEach(
                                                each ->
                                                        made.add(
                                                                (status.isEmpty()
                                                                                ? each.group(1)
                                                                                : status)
                                                                        + " "
                                                                        + each.group(2))));
            }
        }
        return made;
    }
}
