package dev.snug.speech.text.aloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.speech.text.markup.InterpretAs;
import dev.snug.speech.text.normalize.Normalizer;
import dev.snug.speech.text.normalize.spoken.Numbers;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a text of a known kind is said. The oracles are say-as.txt, written by hand and reviewed for
 * tones, the normaliser for texts that do not fit, and the promises of {@link SayAs} for random
 * texts: it never throws and says letters, spaces and six marks only.
 */
final class SayAsTest {
    private static final int CASES_MIN = 150;
    private static final long SEED = 7;
    private static final int TEXTS = 20_000;
    private static final Pattern SPEAKABLE =
            Pattern.compile(
                    "[a-zA-Z"
                        + " .,!?;:àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệđìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]*",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final List<InterpretAs> KINDS = List.of(InterpretAs.values());
    private static final List<String> FORMATS =
            List.of(
                    "", "glyphs", "dmy", "mdy", "ymd", "dm", "md", "my", "ym", "d", "m", "y",
                    "hms24", "hms12", "84", "yyyy");
    private static final List<String> PIECES =
            List.of(
                    "0",
                    "1",
                    "4",
                    "12",
                    "31",
                    "2024",
                    "000",
                    "84",
                    "+",
                    "-",
                    "−",
                    "–",
                    "/",
                    ".",
                    ",",
                    ":",
                    " ",
                    "  ",
                    "(",
                    ")",
                    "(0)",
                    "*",
                    "#",
                    "h",
                    "pm",
                    "a.m.",
                    "ext",
                    "x",
                    "phút",
                    "đ",
                    "km",
                    "ngày",
                    "ệ",
                    "Đ",
                    "ß",
                    "ö",
                    "½",
                    "²",
                    "😀",
                    "\u200d",
                    "\u0301",
                    "\ud83d",
                    "\udc00",
                    "\u0000",
                    "я",
                    "漢",
                    "ﷺ",
                    "\n",
                    "~",
                    "99999999999");

    private final SayAs sayAs = new SayAs(Profile.DEFAULT);

    @Test
    void everyCaseIsSaidAsReviewed() throws IOException {
        List<String> wrong = new ArrayList<>();
        Set<InterpretAs> kinds = EnumSet.noneOf(InterpretAs.class);
        List<String> lines = lines();
        for (String line : lines) {
            int middle = line.lastIndexOf('~');
            String[] written = line.substring(0, middle).split("\\|", 3);
            InterpretAs as = InterpretAs.valueOf(written[0].toUpperCase(Locale.ROOT));
            kinds.add(as);
            String spoken = sayAs.spoken(as, written[1], written[2].replace("\\n", "\n"));
            if (!spoken.equals(line.substring(middle + 1))) {
                wrong.add(line + "\n   got: " + spoken);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(CASES_MIN);
        assertThat(kinds).containsExactly(InterpretAs.values());
    }

    @Test
    void everyDayOfTwoCenturiesIsTheSameInEveryOrderOfWriting() {
        Numbers numbers = new Numbers(Profile.DEFAULT);
        List<String> wrong = new ArrayList<>();
        for (LocalDate day = LocalDate.of(1900, 1, 1);
                day.getYear() <= 2100;
                day = day.plusDays(1)) {
            int[] parts = {day.getDayOfMonth(), day.getMonthValue(), day.getYear()};
            String expected =
                    "ngày %s tháng %s năm %s"
                            .formatted(
                                    numbers.cardinal(parts[0]),
                                    numbers.rank(parts[1]),
                                    numbers.cardinal(parts[2]));
            if (!date("dmy", parts[0], parts[1], parts[2]).equals(expected)
                    || !date("mdy", parts[1], parts[0], parts[2]).equals(expected)
                    || !date("ymd", parts[2], parts[1], parts[0]).equals(expected)) {
                wrong.add(expected);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyMinuteOfADayIsSaid() {
        Numbers numbers = new Numbers(Profile.DEFAULT);
        for (int minute = 0; minute < 24 * 60; minute++) {
            int hour = minute / 60;
            String rest = " " + numbers.cardinal(minute % 60) + " phút";
            String expected = numbers.cardinal(hour) + " giờ" + (minute % 60 == 0 ? "" : rest);
            String written = "%02d:%02d".formatted(hour, minute % 60);
            assertThat(sayAs.spoken(InterpretAs.TIME, "hms24", written)).isEqualTo(expected);
            if (hour >= 1 && hour <= 12) {
                assertThat(sayAs.spoken(InterpretAs.TIME, "hms12", written)).isEqualTo(expected);
                assertThat(sayAs.spoken(InterpretAs.TIME, "", written + " am"))
                        .isEqualTo(expected + (hour == 12 ? " đêm" : " sáng"));
            }
        }
    }

    private String date(String format, int first, int second, int third) {
        return sayAs.spoken(InterpretAs.DATE, format, first + "/" + second + "/" + third);
    }

    @Test
    void aTextThatDoesNotFitIsReadAsTheNormaliserReadsIt() {
        Normalizer normalizer = Normalizer.of(Profile.DEFAULT);
        String longer = "1 ".repeat(SayAs.TEXT_CHARS_MAX);
        for (String text : List.of("UBND TP.HCM", "32 người/13", "29/2/2023 AD", "x5", longer)) {
            for (InterpretAs as : EnumSet.range(InterpretAs.CARDINAL, InterpretAs.MEASURE)) {
                assertThat(sayAs.spoken(as, as == InterpretAs.DATE ? "dmy" : "", text))
                        .as("%s %s", as, text)
                        .isEqualTo(normalizer.normalize(text).spoken());
            }
        }
        for (String date : List.of("32/13/2024", "29/2/2023", "31/4/2024", "0/1/2024", "1/1/0")) {
            assertThat(sayAs.spoken(InterpretAs.DATE, "dmy", date))
                    .isEqualTo(normalizer.normalize(date).spoken());
        }
        for (String time : List.of("25:00", "24:01", "8:60", "8:00:60", "2:30 pm")) {
            assertThat(sayAs.spoken(InterpretAs.TIME, "hms24", time))
                    .isEqualTo(normalizer.normalize(time).spoken());
        }
    }

    @Test
    void theWordsOfAProfileAreUsed() {
        SayAs south = new SayAs(Profile.SOUTH);

        assertThat(south.spoken(InterpretAs.DATE, "y", "2024"))
                .isEqualTo("năm hai ngàn không trăm hai mươi bốn");
        assertThat(south.spoken(InterpretAs.CARDINAL, "", "1.105"))
                .isEqualTo("một ngàn một trăm lẻ năm");
        assertThat(new SayAs(Profile.NEMO).spoken(InterpretAs.CARDINAL, "", "1,000"))
                .isEqualTo("một phẩy không không không");
    }

    @Test
    void aNameThatStandsBeforeIsNotSaidTwice() {
        assertThat(after("Họp ngày ", InterpretAs.DATE, "dm", "15/8"))
                .isEqualTo("mười lăm tháng tám");
        assertThat(after("mùng ", InterpretAs.DATE, "dm", "2/9")).isEqualTo("hai tháng chín");
        assertThat(after("NĂM\n", InterpretAs.DATE, "y", "2005"))
                .isEqualTo("hai nghìn không trăm linh năm");
        assertThat(after("vào thứ năm ", InterpretAs.DATE, "y", "2005"))
                .isEqualTo("năm hai nghìn không trăm linh năm");
        assertThat(after("lần thứ ", InterpretAs.ORDINAL, "", "4")).isEqualTo("tư");
        assertThat(after("ngày, ", InterpretAs.DATE, "dm", "15/8"))
                .isEqualTo("ngày mười lăm tháng tám");
        assertThat(after("", InterpretAs.ORDINAL, "", "1")).isEqualTo("thứ nhất");
        assertThat(after("năm ", InterpretAs.CARDINAL, "", "5")).isEqualTo("năm");
    }

    private String after(String before, InterpretAs as, String format, String text) {
        return sayAs.spoken(as, format, text, before);
    }

    @Test
    void randomTextsNeverThrowAndOnlySpeakableCharactersAreLeft() {
        Random random = new Random(SEED);
        for (int i = 0; i < TEXTS; i++) {
            String text = i % 4 == 0 ? characters(random) : pieces(random);
            InterpretAs as = KINDS.get(random.nextInt(KINDS.size()));
            String format = FORMATS.get(random.nextInt(FORMATS.size()));
            String spoken = sayAs.spoken(as, format, text, text);

            assertThat(SPEAKABLE.matcher(spoken).matches())
                    .as("%s %s <%s> is <%s>", as, format, text, spoken)
                    .isTrue();
            assertThat(spoken).doesNotContain("  ").doesNotContain(",,").isEqualTo(spoken.strip());
        }
    }

    @Test
    void theLongestTextsOfAnyShapeTakeLittleTime() {
        Duration limit = Duration.ofSeconds(10);
        List<String> shapes =
                List.of("1", "1 ", "1.", ",000", "(0)", "1x", "☃a", "ấ", " ", "1/", "1, ", "漢 ");
        assertTimeoutPreemptively(
                limit,
                () -> {
                    for (String shape : shapes) {
                        String text = "+" + shape.repeat(SayAs.TEXT_CHARS_MAX / shape.length() - 1);
                        for (InterpretAs as : InterpretAs.values()) {
                            for (int i = 0; i < 5; i++) {
                                sayAs.spoken(as, "", text);
                                sayAs.spoken(as, "", text.substring(1));
                            }
                        }
                    }
                });
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static String characters(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(16); i > 0; i--) {
            int end = random.nextBoolean() ? 0x250 : 0x110000;
            text.appendCodePoint(random.nextInt(end));
        }
        return text.toString();
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SayAsTest.class.getResourceAsStream("say-as.txt"))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
