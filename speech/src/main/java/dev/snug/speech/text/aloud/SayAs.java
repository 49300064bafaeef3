package dev.snug.speech.text.aloud;

import dev.snug.speech.text.markup.InterpretAs;
import dev.snug.speech.text.normalize.Normalizer;
import dev.snug.speech.text.normalize.clean.CleanText;
import dev.snug.speech.text.normalize.clean.Cleaning;
import dev.snug.speech.text.normalize.spoken.Numbers;
import dev.snug.speech.text.normalize.spoken.Profile;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a text inside {@code <say-as>} is said: its kind is known, so nothing is guessed.
 *
 * <p>A text that does not fit its kind, such as letters in a cardinal or the day 32, is read as the
 * normaliser reads it; so are money and measures, whose units only the normaliser knows. What comes
 * out has letters, spaces, commas between groups, and the normaliser's marks. Never throws; takes
 * time in proportion to the text. May be used by several threads.
 */
public final class SayAs {
    /**
     * UTF-16 characters of a text that is one number, day or word to spell; the longest numbers and
     * addresses that people write have some 100. A longer text is read by the normaliser.
     */
    static final int TEXT_CHARS_MAX = 1000;

    /** Characters before a text in which its two last words are looked for. */
    private static final int BEFORE_CHARS = 32;

    private static final Set<String> DAY_NAMES = Set.of("ngày", "mùng", "mồng");

    private final Normalizer normalizer;
    private final NumberReading numbers;
    private final DateReading dates;
    private final TimeReading times;
    private final Spelling spelling;

    /** Readings that keep foreign words as they are written. */
    public SayAs(Profile profile) {
        this(profile, Normalizer.of(profile));
    }

    /**
     * @param normalizer reads what does not fit its kind; of the same profile
     */
    public SayAs(Profile profile, Normalizer normalizer) {
        Numbers words = new Numbers(profile);
        this.normalizer = normalizer;
        this.numbers = new NumberReading(words);
        this.dates = new DateReading(words);
        this.times = new TimeReading(words);
        this.spelling = new Spelling(words, this::plain);
    }

    /**
     * What is said for {@code text}; empty where it has nothing to say.
     *
     * @param format a format of {@code as}, or empty; another one fits no text
     */
    public String spoken(InterpretAs as, String format, String text) {
        return text.length() > TEXT_CHARS_MAX
                ? plain(text)
                : fitting(as, format, clean(text)).orElseGet(() -> plain(text));
    }

    /**
     * As {@link #spoken(InterpretAs, String, String)}, but says no "ngày", "tháng", "năm" or "thứ"
     * that is the last word before already: "ngày {@code <say-as>}15/8".
     *
     * @param before the text that stands before, of any length
     */
    public String spoken(InterpretAs as, String format, String text, String before) {
        String said = spoken(as, format, text);
        boolean named = as == InterpretAs.DATE || as == InterpretAs.ORDINAL;
        int space = said.indexOf(' ');
        return named && space > 0 && isSaid(said.substring(0, space), before)
                ? said.substring(space + 1)
                : said;
    }

    /** Whether {@code before} ends with the word; in "thứ năm" a day of the week is no year. */
    private static boolean isSaid(String word, String before) {
        String end = clean(before.substring(Math.max(0, before.length() - BEFORE_CHARS)));
        String[] words = end.toLowerCase(Locale.ROOT).split(" ", -1);
        String last = words[words.length - 1];
        boolean weekday = words.length > 1 && words[words.length - 2].equals("thứ");
        return switch (word) {
            case "ngày" -> DAY_NAMES.contains(last);
            case "năm" -> last.equals(word) && !weekday;
            case "tháng", "thứ" -> last.equals(word);
            default -> false;
        };
    }

    private Optional<String> fitting(InterpretAs as, String format, String text) {
        return switch (as) {
            case CHARACTERS -> spelling.spoken(text, format.equals("glyphs"));
            case CARDINAL -> numbers.cardinal(text);
            case ORDINAL -> numbers.ordinal(text);
            case DIGITS -> numbers.digits(text);
            case FRACTION -> numbers.fraction(text);
            case DATE -> dates.spoken(text, format);
            case TIME -> times.spoken(text, format);
            case TELEPHONE -> numbers.telephone(text, format);
            case MONEY, MEASURE -> Optional.empty();
        };
    }

    private String plain(String text) {
        return normalizer.normalize(text).spoken();
    }

    /** The text in clean characters, single spaces between its words. */
    private static String clean(String text) {
        CleanText clean = Cleaning.of(text);
        char[] characters = new char[clean.length()];
        clean.copy(0, characters.length, characters);
        return new String(characters).replaceAll("\\s+", " ").strip();
    }
}
