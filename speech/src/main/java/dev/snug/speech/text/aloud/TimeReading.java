package dev.snug.speech.text.aloud;

import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A clean text as a time of day in words, "14:30:05" and "2h30 pm"; empty where a day has no such
 * time.
 */
final class TimeReading {
    private static final Pattern TIME =
            Pattern.compile(
                    "([0-9]{1,2})"
                            + "(?: ?(?:[:.]|h|g|giờ)"
                            + "(?: ?([0-9]{1,2})"
                            + "(?: ?(?:[:.]|m|ph?|phút|')"
                            + "(?: ?([0-9]{1,2}) ?(?:s|giây|\")?)?)?)?)?"
                            + "(?: ?(am|pm|a\\.m\\.|p\\.m\\.|sa|ch))?",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final int HOURS = 24;
    private static final int NOON = 12;
    private static final int EVENING = 6;
    private static final int SIXTY = 60;

    private final Numbers numbers;

    TimeReading(Numbers numbers) {
        this.numbers = numbers;
    }

    /**
     * @param format "hms24", "hms12", or empty for either
     */
    Optional<String> spoken(String text, String format) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int hour = number(parts.group(1));
        int minute = number(parts.group(2));
        int second = number(parts.group(3));
        String half = parts.group(4);
        boolean twelve = format.equals("hms12") || (format.isEmpty() && half != null);
        boolean fits =
                twelve
                        ? hour >= 1 && hour <= NOON
                        : half == null && (hour < HOURS || (hour == HOURS && minute + second == 0));
        boolean known = twelve || format.isEmpty() || format.equals("hms24");
        if (!known || !fits || minute >= SIXTY || second >= SIXTY) {
            return Optional.empty();
        }
        return Optional.of(
                numbers.cardinal(hour)
                        + " giờ"
                        + (minute > 0 ? " " + numbers.cardinal(minute) + " phút" : "")
                        + (second > 0 ? " " + numbers.cardinal(second) + " giây" : "")
                        + (half == null ? "" : partOfDay(half, hour)));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** "SA" and "CH" are sáng and chiều on Vietnamese computers. */
    private static String partOfDay(String half, int hour) {
        boolean morning = "as".indexOf(half.toLowerCase(Locale.ROOT).charAt(0)) >= 0;
        if (hour == NOON) {
            return morning ? " đêm" : " trưa";
        }
        if (morning) {
            return " sáng";
        }
        return hour < EVENING ? " chiều" : " tối";
    }
}
