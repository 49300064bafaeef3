package dev.snug.speech.text.aloud;

import dev.snug.speech.text.normalize.spoken.Numbers;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A clean text as a day, month and year in words, always in the Vietnamese order, whatever the
 * order of writing; empty where the calendar has no such day.
 */
final class DateReading {
    private static final Pattern MARK = Pattern.compile(" ?[/.–—-] ?| ");
    private static final int PARTS_MAX = 3;
    private static final int YEAR_DIGITS_MAX = 4;
    private static final int DAYS_MAX = 31;
    private static final int MONTHS = 12;

    /** Where no year stands or two digits of one, 29 February is a day. */
    private static final int LEAP_YEAR = 2000;

    /** Tried in this order where the writer names none: Vietnamese, then ISO, then American. */
    private static final List<String> FORMATS =
            List.of("dmy", "ymd", "mdy", "dm", "md", "my", "ym");

    private final Numbers numbers;

    DateReading(Numbers numbers) {
        this.numbers = numbers;
    }

    /**
     * @param format which of d, m and y stand there, in the order of writing; empty for any
     */
    Optional<String> spoken(String text, String format) {
        String[] parts = MARK.split(text, PARTS_MAX + 1);
        return (format.isEmpty() ? FORMATS : List.of(format))
                .stream()
                        .filter(each -> each.length() == parts.length)
                        .flatMap(each -> date(each, parts).stream())
                        .findFirst();
    }

    private Optional<String> date(String format, String[] parts) {
        String day = part(format, 'd', parts);
        String month = part(format, 'm', parts);
        String year = part(format, 'y', parts);
        boolean known =
                isNumber(day, 2, DAYS_MAX, format.indexOf('d'))
                        && isNumber(month, 2, MONTHS, format.indexOf('m'))
                        && isYear(year, format.indexOf('y'));
        if (!known || !isInMonth(day, month, year)) {
            return Optional.empty();
        }
        StringBuilder said = new StringBuilder();
        add(said, "ngày ", day.isEmpty() ? "" : numbers.cardinal(day));
        add(said, "tháng ", month.isEmpty() ? "" : numbers.rank(Integer.parseInt(month)));
        add(said, "năm ", year.isEmpty() ? "" : year(year));
        return said.isEmpty() ? Optional.empty() : Optional.of(said.toString());
    }

    private static void add(StringBuilder said, String name, String number) {
        if (!number.isEmpty()) {
            said.append(said.isEmpty() ? "" : " ").append(name).append(number);
        }
    }

    private static String part(String format, char field, String[] parts) {
        int at = format.indexOf(field);
        return at < 0 ? "" : parts[at];
    }

    /** Whether the part is from 1 to {@code max}, or does not stand in the format. */
    private static boolean isNumber(String part, int digits, int max, int place) {
        if (place < 0) {
            return true;
        }
        boolean number = part.length() <= digits && part.matches("[0-9]+");
        return number && Integer.parseInt(part) >= 1 && Integer.parseInt(part) <= max;
    }

    private static boolean isYear(String part, int place) {
        return part.equals("00") || isNumber(part, YEAR_DIGITS_MAX, Integer.MAX_VALUE, place);
    }

    private static boolean isInMonth(String day, String month, String year) {
        if (day.isEmpty() || month.isEmpty()) {
            return true;
        }
        int calendar = year.length() > 2 ? Integer.parseInt(year) : LEAP_YEAR;
        return YearMonth.of(calendar, Integer.parseInt(month)).isValidDay(Integer.parseInt(day));
    }

    /** The year '05 is "không năm", because "năm năm" is a length of time. */
    private String year(String digits) {
        boolean shortened = digits.length() == 2 && digits.charAt(0) == '0';
        return shortened ? numbers.digits(digits) : numbers.cardinal(digits);
    }
}
