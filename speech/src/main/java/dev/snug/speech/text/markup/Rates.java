package dev.snug.speech.text.markup;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the values of {@code <prosody rate>} mean: a factor of the rate around. */
final class Rates {
    /** SSML leaves the factors of the words open; halves and doubles are heard as such. */
    private static final Map<String, Double> WORDS =
            Map.of(
                    "x-slow", 0.5, "slow", 0.75, "medium", 1.0, "fast", 1.5, "x-fast", 2.0,
                    "default", 1.0);

    /** SSML 1.1: 80% is a factor; with a sign it is a change. SSML 1.0: 0.8 is a factor. */
    private static final Pattern NUMBER =
            Pattern.compile("([+-])?([0-9]{1,4}(?:\\.[0-9]{1,4})?)(%)?");

    static final String EXPECTED =
            "x-slow, slow, medium, fast, x-fast, a percentage such as 80% or +20%, or a factor such"
                    + " as 1.2";

    private Rates() {}

    /** The factor; empty where {@code value} is none. */
    static OptionalDouble factor(String value) {
        Double word = WORDS.get(value);
        if (word != null) {
            return OptionalDouble.of(word);
        }
        Matcher parts = NUMBER.matcher(value);
        if (!parts.matches()) {
            return OptionalDouble.empty();
        }
        boolean isChange = parts.group(1) != null;
        boolean isPercentage = parts.group(3) != null;
        double number = Double.parseDouble(parts.group(2));
        if (!isPercentage) {
            return isChange ? OptionalDouble.empty() : OptionalDouble.of(number);
        }
        double part = number / 100;
        if (!isChange) {
            return OptionalDouble.of(part);
        }
        return OptionalDouble.of("+".equals(parts.group(1)) ? 1 + part : 1 - part);
    }
}
