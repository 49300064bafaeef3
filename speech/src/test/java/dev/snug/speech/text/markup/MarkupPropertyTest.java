package dev.snug.speech.text.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.CpuTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * What holds for every text. The oracle is the contract: a declared fault or parts that point back
 * to the written text, bounds, and time in proportion to the length.
 */
final class MarkupPropertyTest {
    private static final List<String> SCRAPS =
            List.of(
                    "<",
                    ">",
                    "/",
                    "[",
                    "]",
                    "&",
                    "\"",
                    "'",
                    "=",
                    " ",
                    "\n",
                    "\r\n",
                    "a",
                    "ế",
                    "😀",
                    "é",
                    "<speak>",
                    "</speak>",
                    "<p>",
                    "</p>",
                    "<s>",
                    "</s>",
                    "<break/>",
                    "<break time=\"1s\"/>",
                    "<break ",
                    "[pause 1s]",
                    "[pause ",
                    "<sub alias=\"x\">",
                    "</sub>",
                    "<say-as interpret-as=\"date\">",
                    "</say-as>",
                    "<prosody rate=\"80%\">",
                    "</prosody>",
                    "&amp;",
                    "&#233;",
                    "<!--",
                    "-->",
                    "<?xml?>",
                    "<b>",
                    "500ms",
                    ".");

    @Test
    void anyTextGivesPartsInOrderOrADeclaredFault() {
        Random random = new Random(7);
        int parsed = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "<speak>" : "");
            for (int scraps = random.nextInt(12); scraps >= 0; scraps--) {
                text.append(SCRAPS.get(random.nextInt(SCRAPS.size())));
            }
            parsed += check(text.toString()) ? 1 : 0;
        }
        assertThat(parsed).as("texts without a fault").isBetween(10_000, 90_000);
    }

    private static boolean check(String written) {
        List<Part> parts;
        try {
            parts = MarkedText.parse(written).parts();
        } catch (MarkupException e) {
            assertThat(e.line()).isBetween(1, written.length() + 1);
            assertThat(e.column()).isBetween(1, written.length() + 1);
            return false;
        }
        int end = 0;
        for (Part part : parts) {
            assertThat(part.span().start()).as(written).isGreaterThanOrEqualTo(end);
            end = part.span().end();
            assertThat(end).isLessThanOrEqualTo(written.length());
            if (part instanceof Part.Words words) {
                requireWayBack(words.text(), words.offsets(), written);
            } else if (part instanceof Part.SaidAs said) {
                requireWayBack(said.text(), said.offsets(), written);
            }
        }
        return true;
    }

    private static void requireWayBack(String text, Offsets offsets, String written) {
        int last = -1;
        for (int at = 0; at < text.length(); at++) {
            int back = offsets.written(at);
            assertThat(back).as(written).isGreaterThan(last);
            char there = written.charAt(back);
            boolean isEntity = there == '&' && text.charAt(at) != '&';
            assertThat(isEntity || there == text.charAt(at)).as(written).isTrue();
            last = back;
        }
    }

    @Test
    void textWithoutMarksIsOnePartThatIsEqual() {
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("x");
            for (int at = random.nextInt(30); at > 0; at--) {
                text.append("ab <>[]&;/\"'=1 9éế\n".charAt(random.nextInt(19)));
            }
            String written = text.toString();
            assertThat(MarkedText.parse(written)).isEqualTo(MarkedText.plain(written));
        }
    }

    @Test
    void entitiesAndMarksLeadBackToWhereTheyAreWritten() {
        String written = "<speak>a&amp;b<!-- x -->c</speak>";
        Part.Words words = (Part.Words) MarkedText.parse(written).parts().getFirst();
        assertThat(words.text()).isEqualTo("a&bc");
        assertThat(words.offsets().written(0)).isEqualTo(7);
        assertThat(words.offsets().written(1)).isEqualTo(8);
        assertThat(words.offsets().written(2)).isEqualTo(13);
        assertThat(words.offsets().written(3)).isEqualTo(written.indexOf('c'));
        assertThat(words.offsets().written(4)).isEqualTo(written.indexOf("</"));
        assertThat(words.span().of(written)).isEqualTo("a&amp;b<!-- x -->c");
    }

    @Test
    void aPlainReadingKeepsEveryMark() {
        assertThat(MarkedText.plain("<break/> [pause 1s]").parts()).hasSize(1);
        assertThat(MarkedText.plain(" \n").parts()).isEmpty();
    }

    @Test
    void depthPausesAndLengthAreBounded() {
        String open = "<prosody rate=\"1\">";
        assertThat(MarkedText.parse(open.repeat(32) + "a" + "</prosody>".repeat(32)).parts())
                .hasSize(1);
        refused(open.repeat(33), "column 577: more than 32 elements lie in each other");
        assertThat(MarkedText.parse("[pause 10s]".repeat(60)).parts()).hasSize(60);
        refused("[pause 10s]".repeat(61), "column 661: all pauses together pass 600 s");
        refused("a".repeat((1 << 20) + 1), "at most 1048576 are read at once");
        assertThat(MarkedText.parse("a<p/>".repeat(32_768)).parts()).hasSize(65_535);
        refused("a<p/>".repeat(32_769), "make more than 65536 parts");
        refused("<sub alias=\"" + "x".repeat(1001) + "\">a</sub>", "within 1000 characters");
        assertThat(MarkedText.parse("<sub alias=\"" + "x".repeat(1000) + "\">a</sub>").parts())
                .hasSize(1);
        String many = " xml:a='1'".repeat(17).replace("a='1'", "%s='1'");
        refused(
                "<p" + many.formatted((Object[]) "a b c d e f g h i j k l m n o p q".split(" ")),
                "<p> has more than 16 attributes");
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> MarkedText.parse(text))
                .isInstanceOf(MarkupException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMegabyteOfAnyShapeTakesUnderTwoSeconds() {
        List<String> shapes =
                List.of(
                        "<",
                        "[",
                        "&",
                        "<p",
                        "<p ",
                        "<s> ",
                        "<p></p>",
                        "<sub ",
                        "<break ",
                        "[pause ",
                        "[pause 1s]",
                        "<break strength=\"none\"/>",
                        "<prosody rate=\"1\">",
                        "<prosody rate=\"1\">a</prosody>",
                        "<sub alias=\"x\">y</sub>",
                        "<!--",
                        "<speak>",
                        " ",
                        "a ",
                        "\n",
                        "😀",
                        "<a@b.c> ",
                        "<sub alias=\"");
        for (String shape : shapes) {
            for (String start : List.of("", "<speak>", "<?xml ")) {
                String text =
                        start + shape.repeat((MarkedText.CHARACTERS_MAX - 8) / shape.length());
                assertThat(CpuTime.of(() -> parseOrRefuse(text)))
                        .as(start + shape)
                        .isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    private static void parseOrRefuse(String text) {
        try {
            MarkedText.parse(text);
        } catch (MarkupException e) {
            assertThat(e.getMessage()).hasSizeLessThan(400);
        }
    }
}
