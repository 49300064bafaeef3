package dev.snug.speech.text.markup;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a text inside {@code <say-as>} is. The words and formats of the W3C note "SSML 1.0 say-as
 * attribute values" (2005: characters, cardinal, ordinal, date, time, telephone), and beyond it
 * those that several speech services share.
 */
public enum InterpretAs {
    /** Letter by letter. */
    CHARACTERS(List.of("characters", "spell-out", "verbatim"), "characters|glyphs"),
    CARDINAL(List.of("cardinal", "number"), ""),
    ORDINAL(List.of("ordinal"), ""),
    /** A number digit by digit. */
    DIGITS(List.of("digits"), ""),
    FRACTION(List.of("fraction"), ""),
    /** Formats say which of day, month and year stand there, in the order of writing. */
    DATE(List.of("date"), "dmy|mdy|ymd|dm|md|my|ym|d|m|y"),
    TIME(List.of("time"), "hms24|hms12"),
    /** The format is the country code, digits only. */
    TELEPHONE(List.of("telephone"), "[0-9]{1,3}"),
    MONEY(List.of("currency", "money"), ""),
    MEASURE(List.of("unit", "measure"), "");

    private final List<String> words;
    private final String formats;

    InterpretAs(List<String> words, String formats) {
        this.words = words;
        this.formats = formats;
    }

    /** The word of {@code interpret-as}, where it is one. */
    static Optional<InterpretAs> of(String word) {
        return Arrays.stream(values()).filter(each -> each.words.contains(word)).findFirst();
    }

    /** Whether {@code format} may stand beside; an empty one always may. */
    boolean takes(String format) {
        return format.isEmpty() || format.matches(formats);
    }

    /** The formats for a message. */
    String formatsShown() {
        return switch (this) {
            case TELEPHONE -> "a country code such as 84";
            default -> formats.isEmpty() ? "no format" : "one of " + formats.replace("|", ", ");
        };
    }

    /** All words of {@code interpret-as} for a message. */
    static String wordsShown() {
        return Arrays.stream(values())
                .flatMap(each -> each.words.stream())
                .collect(Collectors.joining(", "));
    }
}
