package dev.snug.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Oracle: RFC 8259 read by hand, and the limits given. */
final class JsonArrayTest {
    private static final JsonLimits LIMITS = new JsonLimits(64, 5, 3, 16);

    @Test
    void anArrayIsAListOfPlainValues() {
        assertThat(parse("[1, \"a\", {\"k\": [2.5]}]"))
                .isEqualTo(List.of(1L, "a", Map.of("k", List.of(2.5))));
        assertThat(parse(" [] ")).isEmpty();
    }

    @Test
    void whatIsNoSingleArrayOrBreaksALimitIsRefused() {
        assertRefused("{}", "t.json is not a JSON array");
        assertRefused("", "t.json is not a JSON array");
        assertRefused("[] []", "goes on after its JSON array");
        assertRefused("[1", "t.json, line 1,");
        assertRefused("[1,2,3,4,5,6]", "more than the 5 entries");
        assertRefused("[[[[]]]]", "nesting depth (4)");
        assertRefused("[" + " ".repeat(64) + "]", "larger than the 64 bytes");
    }

    private static List<?> parse(String text) {
        return Json.parseArray(text.getBytes(UTF_8), "t.json", LIMITS);
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
    }
}
