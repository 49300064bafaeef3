package dev.snug.speech.text.normalize.spoken;

import java.util.List;

/**
 * How numbers and letters are said: one setting for each thing on which speakers, regions and
 * public test suites differ. Each enum's first value is the default, with its reason.
 *
 * @param name what {@code --profile} calls it
 * @param zeroTens the word for an empty tens place: 105
 * @param thousand the word for 1000
 * @param four the word for the unit 4 after tens from twenty on: 24
 * @param zeroHundreds whether an empty hundreds place inside a number is said: 2024
 * @param slash the word for the stroke in house numbers: 12/5
 * @param mark how "1,234" is taken
 * @param stroke what "15/8" is inside a sentence where no word near it tells
 * @param letters what becomes of single letters and time zones: 25 °C, 8:00 GMT
 */
public record Profile(
        String name,
        ZeroTens zeroTens,
        Thousand thousand,
        Four four,
        ZeroHundreds zeroHundreds,
        Slash slash,
        Mark mark,
        Stroke stroke,
        Letters letters) {

    /** LINH is what schools teach and the north and the centre say; LE is southern. */
    public enum ZeroTens {
        LINH("linh"),
        LE("lẻ");

        final String word;

        ZeroTens(String word) {
            this.word = word;
        }
    }

    /** NGHIN is the word of laws, schools and news; NGAN is southern. */
    public enum Thousand {
        NGHIN("nghìn"),
        NGAN("ngàn");

        final String word;

        Thousand(String word) {
            this.word = word;
        }
    }

    /** TU is what news readers say; BON is as correct and common in the south. */
    public enum Four {
        TU("tư"),
        BON("bốn");

        final String word;

        Four(String word) {
            this.word = word;
        }
    }

    /** SPOKEN, because "hai nghìn hai mươi tư" is also how 2240 is shortened. */
    public enum ZeroHundreds {
        SPOKEN,
        SILENT
    }

    /** TREN is understood everywhere; XET is what the south says. */
    public enum Slash {
        TREN("trên"),
        XET("xẹt");

        private final String word;

        Slash(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * MIXED takes the comma as the decimal mark, as the law has it, but as a mark of thousands
     * where three zeros follow or the currency has no such fractions, because that is how half of
     * the price lists are written. COMMA and POINT take one mark only.
     */
    public enum Mark {
        MIXED,
        COMMA,
        POINT
    }

    /** DAY, because days are far more frequent in news, notices and messages. */
    public enum Stroke {
        DAY,
        FRACTION
    }

    /**
     * SPELLED, because a voice that meets a bare "C" says anything; KEPT leaves them to the voice.
     */
    public enum Letters {
        SPELLED,
        KEPT
    }

    /** Northern standard speech, as in national news. */
    public static final Profile DEFAULT =
            new Profile(
                    "default",
                    ZeroTens.LINH,
                    Thousand.NGHIN,
                    Four.TU,
                    ZeroHundreds.SPOKEN,
                    Slash.TREN,
                    Mark.MIXED,
                    Stroke.DAY,
                    Letters.SPELLED);

    /** Central speech: northern words but for four. */
    public static final Profile CENTRAL =
            new Profile(
                    "central",
                    ZeroTens.LINH,
                    Thousand.NGAN,
                    Four.BON,
                    ZeroHundreds.SPOKEN,
                    Slash.TREN,
                    Mark.MIXED,
                    Stroke.DAY,
                    Letters.SPELLED);

    /** Southern speech, as in Ho Chi Minh City. */
    public static final Profile SOUTH =
            new Profile(
                    "south",
                    ZeroTens.LE,
                    Thousand.NGAN,
                    Four.BON,
                    ZeroHundreds.SPOKEN,
                    Slash.XET,
                    Mark.MIXED,
                    Stroke.DAY,
                    Letters.SPELLED);

    /** What the test cases of NeMo text processing expect. */
    public static final Profile NEMO =
            new Profile(
                    "nemo",
                    ZeroTens.LINH,
                    Thousand.NGHIN,
                    Four.TU,
                    ZeroHundreds.SILENT,
                    Slash.TREN,
                    Mark.COMMA,
                    Stroke.FRACTION,
                    Letters.KEPT);

    /** All that have a name. */
    public static final List<Profile> NAMED = List.of(DEFAULT, CENTRAL, SOUTH, NEMO);

    /**
     * The profile called {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Profile named(String name) {
        return NAMED.stream()
                .filter(profile -> profile.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no reading profile is called %s; there is %s"
                                                .formatted(
                                                        name,
                                                        NAMED.stream()
                                                                .map(Profile::name)
                                                                .toList())));
    }
}
