package dev.snug.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which language a call gets. The oracle of lists is RFC 9110, 12.5.4. */
final class LanguageTest {
    @Test
    void the_preferred_language_has_the_greatest_weight() {
        assertThat(Language.preferred("vi")).isEqualTo(Language.VI);
        assertThat(Language.preferred("vi-VN,vi;q=0.9,en;q=0.8")).isEqualTo(Language.VI);
        assertThat(Language.preferred("en-US,en;q=0.9,vi;q=0.8")).isEqualTo(Language.EN);
        assertThat(Language.preferred("fr, en;q=0.3, vi;q=0.7")).isEqualTo(Language.VI);
    }

    @Test
    void without_a_known_one_it_is_english() {
        assertThat(Language.preferred("")).isEqualTo(Language.EN);
        assertThat(Language.preferred("fr-FR,de;q=0.5")).isEqualTo(Language.EN);
        assertThat(Language.preferred("vi;q=0")).isEqualTo(Language.EN);
        assertThat(Language.preferred(";;,,q=,vi;q=x" + ",en".repeat(10_000)))
                .isEqualTo(Language.EN);
    }

    @Test
    void what_is_asked_for_goes_before_what_was_chosen_before_what_is_preferred() {
        FakeCall call = FakeCall.get("/").header("Accept-Language", "en");
        assertThat(Language.of(call)).isEqualTo(Language.EN);
        assertThat(Language.of(call.cookie("snug_lang", "vi"))).isEqualTo(Language.VI);
        assertThat(Language.of(call.query("lang", "en"))).isEqualTo(Language.EN);
        assertThat(Language.of(call.query("lang", "xx"))).isEqualTo(Language.VI);
    }
}
