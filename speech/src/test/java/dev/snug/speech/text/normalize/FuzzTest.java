package dev.snug.speech.text.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.text.normalize.spoken.Profile;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Random texts. The oracles are the promises of {@link Normalizer}: it never throws, says letters,
 * spaces and six marks only, reports what it drops, loses no word, and every span leads back.
 */
final class FuzzTest {
    private static final long SEED = 20_26;
    private static final int TEXTS = 100_000;
    private static final Pattern SPEAKABLE =
            Pattern.compile(
                    "[a-zA-Z"
                        + " .,!?;:àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệđìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
                        + "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆĐÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]*");
    private static final String[] PIECES = {
        "1",
        "2",
        "12",
        "345",
        "000",
        "2024",
        "0912345678",
        ".",
        ",",
        "/",
        "-",
        "–",
        ":",
        "%",
        "đ",
        "$",
        "km",
        "m2",
        "k",
        "tr",
        "h",
        "p",
        "°C",
        " ",
        " ",
        " ",
        "\n",
        "(",
        ")",
        "[",
        "\"",
        "'",
        "@",
        "#",
        "+",
        "=",
        "x",
        "XX",
        "thứ",
        "ngày",
        "tháng",
        "số",
        "và",
        "Nguyễn",
        "UBND",
        "TP.",
        "v.v.",
        "Q.1",
        "😀",
        "\u200d",
        "\u0301",
        "a",
        "Ａ",
        "½",
        "²",
        "\ud83d",
        "\udc00",
        "\u0000",
        "ﷺ",
        "я",
        "漢",
        "—"
    };

    private final Normalizer normalizer = Normalizer.of(Profile.DEFAULT);

    @Test
    void anyTextIsReadAndOnlySpeakableCharactersAreLeft() {
        Random random = new Random(SEED);
        for (int i = 0; i < TEXTS; i++) {
            String written = i % 2 == 0 ? pieces(random) : characters(random);
            Normalized normalized = normalizer.normalize(written);
            if (!SPEAKABLE.matcher(normalized.spoken()).matches()) {
                assertThat(normalized.spoken()).as(written).matches(SPEAKABLE);
            }
            check(normalized);
        }
    }

    private static void check(Normalized normalized) {
        int written = 0;
        int spoken = 0;
        for (Span span : normalized.spans()) {
            boolean ordered =
                    span.writtenFrom() >= written
                            && span.writtenTo() >= span.writtenFrom()
                            && span.spokenFrom() >= spoken
                            && span.spokenTo() >= span.spokenFrom();
            if (!ordered) {
                assertThat(span).isEqualTo("a span after the one before in " + normalized);
            }
            written = span.writtenFrom();
            spoken = span.spokenTo();
        }
        assertThat(written).isLessThanOrEqualTo(normalized.written().length());
        assertThat(spoken).isLessThanOrEqualTo(normalized.spoken().length());
    }

    @Test
    void noSentenceIsLost() {
        Random random = new Random(SEED);
        List<String> sentences =
                List.of(
                        "Trời hôm nay đẹp quá",
                        "Giá là 50.000đ một cân",
                        "Họ đến lúc 8h30",
                        "Không ai biết",
                        "Ngày 15/8 họp mặt");
        for (int i = 0; i < 2_000; i++) {
            String noise = characters(random).replaceAll("[\\p{L}\\p{N}\\p{M}]", "");
            String text =
                    sentences.stream().collect(Collectors.joining(".\n" + noise + "\n")) + ".";
            String spoken = normalizer.normalize(text).spoken();
            int at = 0;
            for (String word : new String[] {"đẹp", "cân", "giờ", "biết", "mặt"}) {
                at = spoken.indexOf(word, at);
                assertThat(at).as("%s in %s", word, spoken).isNotNegative();
            }
        }
    }

    @Test
    void aDigitIsNeverDropped() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String text = "a" + pieces(random).replaceAll("[\\p{L}\\n]", " ") + "7";
            assertThat(normalizer.normalize(text).spoken())
                    .as(text)
                    .containsPattern("bảy|nhật|sáu bảy");
        }
    }

    @Test
    void whatIsDroppedIsReported() {
        Normalized normalized = normalizer.normalize("a ☃ b 漢字 ☃ § ©");

        assertThat(normalized.dropped()).containsExactly("☃", "漢", "字", "©");
        assertThat(normalized.spoken()).isEqualTo("a bê mục");
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(14); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String characters(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(24); i >= 0; i--) {
            int range = random.nextInt(4);
            text.appendCodePoint(
                    switch (range) {
                        case 0 -> 32 + random.nextInt(95);
                        case 1 -> random.nextInt(0x3000);
                        case 2 -> random.nextInt(0x10000);
                        default -> random.nextInt(0x110000);
                    });
        }
        return text.toString();
    }
}
