package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.LetterNames;
import dev.snug.speech.text.normalize.spoken.Numbers;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Set;

/** Times of day and durations: "8:05", "14h30", "9g", "1h30p", "3p20s", "5'30\"", "8:00 GMT". */
final class Clock implements Rule {
    private static final int HOURS_MAX = 24;
    private static final int NOON = 12;
    private static final int EVENING = 6;
    private static final int SIXTY = 60;

    /** Longer than any minutes that people write: "1080p" is a picture. */
    private static final int MINUTES_MAX = 240;

    private static final Set<String> ZONES =
            Set.of(
                    "gmt", "utc", "cst", "pst", "est", "jst", "edt", "pdt", "cet", "cest", "ict",
                    "ist", "bst", "kst");
    private static final Set<String> HOUR = Set.of("h", "g", "giờ");
    private static final Set<String> MINUTE = Set.of("p", "ph", "phút", "m", "'");

    private final Numbers numbers;

    Clock(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (!line.isSmall(at) || (line.isOneOf(at - 1, ".,/:") && line.isNumber(at - 2))) {
            return null;
        }
        Match match = digital(line, at);
        if (match == null) {
            match = lettered(line, at);
        }
        if (match == null) {
            match = minutes(line, at);
        }
        if (match == null) {
            match = hundredths(line, at);
        }
        return match == null ? null : withZone(line, match, line.value(at));
    }

    /** "8:05", "23:59:59". */
    private @Nullable Match digital(Line line, int at) {
        boolean minutes =
                line.is(at + 1, ':')
                        && line.isNumber(at + 2)
                        && line.size(at + 2) == 2
                        && line.value(at + 2) < SIXTY;
        if (!minutes || line.size(at) > 2 || line.value(at) > HOURS_MAX) {
            return null;
        }
        if (Cue.RATIO.isBefore(line, at)) {
            return null;
        }
        boolean seconds =
                line.is(at + 3, ':')
                        && line.size(at + 4) == 2
                        && line.value(at + 4) >= 0
                        && line.value(at + 4) < SIXTY;
        int end = seconds ? at + 5 : at + 3;
        if (line.isNumber(end) || (line.isOneOf(end, ":") && line.isNumber(end + 1))) {
            return null;
        }
        int second = seconds ? line.value(at + 4) : 0;
        return time(end, line.value(at), line.value(at + 2), second);
    }

    private Match time(int end, int hour, int minute, int second) {
        String spoken = numbers.cardinal(hour) + " giờ";
        if (minute > 0) {
            spoken += " " + numbers.cardinal(minute) + " phút";
        }
        if (second > 0) {
            spoken += " " + numbers.cardinal(second) + " giây";
        }
        return new Match(end, spoken, SemioticClass.TIME);
    }

    /** "14h30", "9g", "1h30p", "2h15p30s", "1h30'". */
    private @Nullable Match lettered(Line line, int at) {
        String letter = line.lower(at + 1);
        if (!HOUR.contains(letter)) {
            return null;
        }
        boolean minutes =
                line.isSmall(at + 2) && line.size(at + 2) <= 2 && line.value(at + 2) < SIXTY;
        if (!minutes && line.isNumber(at + 2)) {
            return null;
        }
        if (letter.equals("g") && !minutes && !isTimeOfDay(line, at)) {
            return null; // "100g" are grams.
        }
        if (!minutes) {
            return line.isWord(at + 2)
                    ? null
                    : new Match(
                            at + 2, numbers.cardinal(line.text(at)) + " giờ", SemioticClass.TIME);
        }
        int end = at + 3;
        if (MINUTE.contains(line.lower(end))) {
            end++;
            if (isSeconds(line, end)) {
                return time(end + 2, line.value(at), line.value(at + 2), line.value(end));
            }
        }
        return line.isWord(end) || line.isNumber(end)
                ? null
                : time(end, line.value(at), line.value(at + 2), 0);
    }

    private static boolean isTimeOfDay(Line line, int at) {
        boolean range = line.isOneOf(at + 2, "-–") && line.is(at + 4, 'g');
        return line.value(at) <= HOURS_MAX && (Cue.CLOCK.isBefore(line, at) || range);
    }

    /** "10\"25": seconds of a race and their hundredths. */
    private @Nullable Match hundredths(Line line, int at) {
        boolean race = line.is(at + 1, '"') && line.size(at + 2) == 2 && line.isNumber(at + 2);
        if (!race || line.value(at) >= SIXTY || line.isWord(at + 3) || line.is(at + 3, '"')) {
            return null;
        }
        String spoken =
                numbers.cardinal(line.text(at)) + " giây " + numbers.cardinal(line.text(at + 2));
        return new Match(at + 3, spoken, SemioticClass.TIME);
    }

    /** "3p", "3p20s", "5'", "5'30\"". */
    private @Nullable Match minutes(Line line, int at) {
        boolean prime = line.is(at + 1, '\'') && !isQuoted(line, at);
        boolean letter = line.is(at + 1, 'p') || line.isWord(at + 1, "ph");
        if ((!prime && !letter) || line.value(at) > MINUTES_MAX || line.isWord(at + 2)) {
            return null;
        }
        String spoken = numbers.cardinal(line.text(at)) + " phút";
        if (isSeconds(line, at + 2)) {
            int seconds = line.value(at + 2);
            String more = seconds == 0 ? "" : " " + numbers.cardinal(seconds) + " giây";
            return new Match(at + 4, spoken + more, SemioticClass.TIME);
        }
        return line.isNumber(at + 2) ? null : new Match(at + 2, spoken, SemioticClass.TIME);
    }

    private static boolean isSeconds(Line line, int at) {
        return line.isSmall(at)
                && line.value(at) < SIXTY
                && (line.isWord(at + 1, "s") || line.is(at + 1, '"'))
                && !line.isWord(at + 2);
    }

    /** Whether a quotation began shortly before, so that the sign ends it. */
    private static boolean isQuoted(Line line, int at) {
        for (int i = at - 1; i >= Math.max(0, at - SIXTY); i--) {
            if (line.is(i, '\'') && !line.isNumber(i - 1)) {
                return true;
            }
        }
        return false;
    }

    /** Behind a time: "GMT", "AM", "pm". */
    private Match withZone(Line line, Match time, int hour) {
        int token = line.skip(time.end());
        String zone = line.lower(token);
        if (line.isWord(token) && ZONES.contains(zone)) {
            String capitals = zone.toUpperCase(Locale.ROOT);
            boolean kept = numbers.profile().letters() == Profile.Letters.KEPT;
            String name = kept ? capitals : LetterNames.spell(zone);
            return new Match(token + 1, time.spoken() + " " + name, time.kind());
        }
        if (zone.equals("am") || zone.equals("pm")) {
            String part = zone.equals("am") ? " sáng" : afternoon(hour);
            return new Match(token + 1, time.spoken() + part, time.kind());
        }
        return time;
    }

    private static String afternoon(int hour) {
        if (hour == NOON) {
            return " trưa";
        }
        return hour < EVENING ? " chiều" : " tối";
    }
}
