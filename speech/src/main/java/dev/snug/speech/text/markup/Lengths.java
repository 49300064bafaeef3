package dev.snug.speech.text.markup;

import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the values of {@code <break>} and {@code [pause]} mean, in milliseconds. */
final class Lengths {
    private static final Pattern TIME = Pattern.compile("([0-9]{0,9})(?:[.,]([0-9]{1,9}))?(ms|s)");

    /** The lengths that Azure's speech service documents; SSML leaves them open. */
    private static final Map<String, Integer> STRENGTHS =
            Map.of(
                    "none",
                    0,
                    "x-weak",
                    250,
                    "weak",
                    500,
                    "medium",
                    750,
                    "strong",
                    1000,
                    "x-strong",
                    1250);

    /** The length of a break without attributes. */
    static final String DEFAULT_STRENGTH = "medium";

    static final String STRENGTHS_SHOWN = "none, x-weak, weak, medium, strong, x-strong";

    /** What a time must be, for messages. */
    static final String EXPECTED = "a time from 0ms to 10s such as 500ms or 1.5s";

    private Lengths() {}

    /** The milliseconds of a time such as 500ms or 1.5s; empty where it is none or too long. */
    static OptionalInt milliseconds(String time) {
        Matcher parts = TIME.matcher(time);
        if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2) == null)) {
            return OptionalInt.empty();
        }
        String fraction = parts.group(2) == null ? "0" : parts.group(2);
        double number = Double.parseDouble("0" + parts.group(1) + "." + fraction);
        double milliseconds = parts.group(3).equals("s") ? 1000 * number : number;
        return milliseconds > Part.Pause.MILLISECONDS_MAX
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.round(milliseconds));
    }

    static OptionalInt ofStrength(String strength) {
        Integer milliseconds = STRENGTHS.get(strength);
        return milliseconds == null ? OptionalInt.empty() : OptionalInt.of(milliseconds);
    }
}
