package dev.snug.cli.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How lines are put into another language. The oracle is the catalogue of each test. */
final class CatalogueTest {
    private static final Catalogue CATALOGUE =
            Catalogue.parse(
                    """
                    # a comment

                    {1} cannot be read: {2}
                    không đọc được {1}: {2}
                    it has {1} bytes of {2}
                    có {1} trên {2} byte
                    the machine
                    máy
                    picture
                    ảnh
                    | picture
                    ẢNH
                    | weights |
                    trọng số
                    one {1} more
                    thêm một {1*}
                    one {1} less{2}
                    bớt một {1}{2}
                    or else
                    nếu không
                    {1} could not {2}
                    {1} không thể {2*}
                    > load {1}
                    nạp {1}
                    """);

    private static String said(String english) {
        return CATALOGUE.sentence(english);
    }

    @Test
    void holesAreFilledInAndTheirSentencesAreSaidToo() {
        assertThat(said("a.jpg cannot be read: it has 3 bytes of 4"))
                .isEqualTo("không đọc được a.jpg: có 3 trên 4 byte");
    }

    @Test
    void aFileNameInFrontStaysInFront() {
        assertThat(said("snug: x: a.jpg cannot be read: 5"))
                .isEqualTo("snug: x: không đọc được a.jpg: 5");
    }

    @Test
    void sentencesOneAfterTheOtherAreSaidOneAfterTheOther() {
        assertThat(said("it has 1 bytes of 2. the machine; more"))
                .isEqualTo("có 1 trên 2 byte. máy; more");
    }

    @Test
    void aHoleMayBeEmptyOrAContinuation() {
        assertThat(said("one step less")).isEqualTo("bớt một step");
        assertThat(said("one step less; or else")).isEqualTo("bớt một step; nếu không");
    }

    @Test
    void aSingleWordIsANameExceptInCellsAndWhereTheTranslationSaysSo() {
        assertThat(said("picture")).isEqualTo("picture");
        assertThat(said("one picture less")).isEqualTo("bớt một picture");
        assertThat(said("one picture more")).isEqualTo("thêm một ảnh");
        assertThat(CATALOGUE.cell("picture", false)).isEqualTo("ẢNH");
        assertThat(CATALOGUE.cell("weights", false)).isEqualTo("weights");
        assertThat(CATALOGUE.cell("weights", true)).isEqualTo("trọng số");
    }

    @Test
    void aPhraseOfHolesIsAFileNameElsewhere() {
        assertThat(said("cuda could not load a.onnx")).isEqualTo("cuda không thể nạp a.onnx");
        assertThat(said("load a.onnx: it has 3 bytes of 4"))
                .isEqualTo("load a.onnx: có 3 trên 4 byte");
    }

    @Test
    void whatTheCatalogueDoesNotHaveStaysToTheLetter() {
        String foreign = "  Xin chào.\t{1} a  b, c: d; e. ";

        assertThat(said(foreign)).isEqualTo(foreign);
    }

    @Test
    void aLineOfManyPartsTakesNoTimeThatIsFelt() {
        String endless = "it has 1 bytes of 2, a: b; c. ".repeat(100);

        assertThat(Duration.ofSeconds(5)).isGreaterThan(took(endless));
    }

    private static Duration took(String english) {
        long from = System.nanoTime();
        said(english);
        return Duration.ofNanos(System.nanoTime() - from);
    }

    @Test
    void columnsMoveToTheRightTogetherAndStayStraight() {
        String table =
                """
                NAME      MiB  WHY
                picture   1.0  the machine
                a         22.5 one b less
                none else 3.0  x
                """;
        Catalogue longer =
                Catalogue.parse(
                        """
                        | NAME
                        TÊN RẤT DÀI CỦA NÓ
                        | picture
                        ảnh
                        the machine
                        máy
                        """);

        List<String> said = new Page(longer).of(table).lines().toList();

        assertThat(said.getFirst()).isEqualTo("TÊN RẤT DÀI CỦA NÓ  MiB  WHY");
        assertThat(said.get(1)).isEqualTo("ảnh                 1.0  máy");
    }

    @Test
    void figuresThatEndTogetherStillEndTogether() {
        String table =
                """
                STAGE        FILES
                a              1.0
                b            123.5
                """;
        Catalogue longer = Catalogue.parse("| STAGE\nTÊN KHÂU\n| FILES\nTỆP ĐƯỢC ÁNH XẠ\n");

        assertThat(new Page(longer).of(table))
                .isEqualTo(
                        """
                        TÊN KHÂU  TỆP ĐƯỢC ÁNH XẠ
                        a                     1.0
                        b                   123.5
                        """);
    }

    @Test
    void aCatalogueWithALostLineOrALostHoleIsRefused() {
        assertThatThrownBy(() -> Catalogue.parse("a b\nc d\ne f\n"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Catalogue.parse("a {2} b\nc\n"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Catalogue.parse("a {1} b\nc {2}\n"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Catalogue.parse("a b\nc\na b\nd\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamSaysFinishedLinesAndPassesWhatARedrawnLineIs() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream target = new PrintStream(bytes, true, StandardCharsets.UTF_8);

        try (PrintStream said = Language.VI.over(target)) {
            said.print("\r\033[2Kshown …");
            said.flush();
            said.println();
            said.printf("snug: %s%n", "there is no model x in y; nor any other");
            said.print("x".repeat(TranslatedLines.LINE_BYTES_MAX + 1));
            said.println();
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "\r"
                            + "\033[2Kshown …\n"
                            + "snug: không có mô hình x trong y; cũng không có mô hình nào khác\n"
                            + "xxx")
                .endsWith("x\n");
    }

    @Test
    void theOptionCountsMoreThanTheVariableAndThatMoreThanTheLocale() {
        Map<String, String> vietnamese = Map.of("LANG", "vi_VN.UTF-8");

        assertThat(Language.of(List.of("plan", "x"), vietnamese)).isEqualTo(Language.VI);
        assertThat(Language.of(List.of(), Map.of())).isEqualTo(Language.EN);
        assertThat(Language.of(List.of(), Map.of("LC_ALL", "C", "LANG", "vi_VN")))
                .isEqualTo(Language.EN);
        assertThat(Language.of(List.of(), Map.of("LC_ALL", "", "LC_MESSAGES", "vi")))
                .isEqualTo(Language.VI);
        assertThat(Language.of(List.of(), Map.of("SNUG_LANG", "vi", "LC_ALL", "C")))
                .isEqualTo(Language.VI);
        assertThat(Language.of(List.of("plan", "--lang", "EN"), vietnamese)).isEqualTo(Language.EN);
        assertThat(Language.of(List.of("plan", "--lang=vi"), Map.of())).isEqualTo(Language.VI);
        assertThat(Language.of(List.of("speak", "--", "--lang=vi"), Map.of()))
                .isEqualTo(Language.EN);
    }
}
