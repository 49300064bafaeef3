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
    CHARACTERS("characters|spell-out|verbatim", "characters|glyphs"),
    CARDINAL("cardinal|number", ""),
    ORDINAL("ordinal", ""),
    /** A number digit by digit. */
    DIGITS("digits", ""),
    FRACTION("fraction", ""),
    /** Formats say which of day, month and year stand there, in the order of writing. */
    DATE("date", "dmy|mdy|ymd|dm|md|my|ym|d|m|y"),
    TIME("time", "hms24|hms12"),
    /** The format is the country code, digits only. */
    TELEPHONE("telephone", "[0-9]{1,3}"),
    MONEY("currency|money", ""),
    MEASURE("unit|measure", "");

    /** Divided by bars, as the formats are. */
    private final String words;

    private final String formats;

    InterpretAs(String words, String formats) {
        this.words = words;
        this.formats = formats;
    }

    /** The word of {@code interpret-as}, where it is one. */
    static Optional<InterpretAs> of(String word) {
        return Arrays.stream(values()).filter(each -> each.isNamed(word)).findFirst();
    }

    private boolean isNamed(String word) {
        return List.of(words.split("\\|", -1)).contains(word);
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
                .map(each -> each.words.replace("|", ", "))
                .collect(Collectors.joining(", "));
    }
}
