package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.LetterNames;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/** House numbers: "số 12/5", "123/45/6 Nguyễn Trãi", "12A", "45/3B". */
final class Address implements Rule {
    /** Houses in lanes of lanes of lanes. */
    private static final int STROKES_MAX = 5;

    private static final int DAY_MAX = 31;

    private final Numbers numbers;

    Address(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (!line.isSmall(at) || (line.isOneOf(at - 1, "/.-") && line.isNumber(at - 2))) {
            return null;
        }
        boolean named = Cue.HOUSE.isBefore(line, at);
        int end = at + 1;
        int strokes = 0;
        StringBuilder spoken = new StringBuilder(part(line, at));
        end = letter(line, end, spoken);
        while (strokes < STROKES_MAX && line.is(end, '/') && line.isSmall(end + 1)) {
            spoken.append(' ').append(numbers.profile().slash().word()).append(' ');
            spoken.append(part(line, end + 1));
            end = letter(line, end + 2, spoken);
            strokes++;
        }
        if (line.isWord(end) || (line.is(end, '/') && !line.isBlank(end + 1))) {
            return null;
        }
        boolean streetBehind = isStreetBehind(line, end);
        boolean lettered = line.isWord(end - 1);
        boolean far = line.value(at) > DAY_MAX;
        boolean certain =
                (named && (strokes > 0 || (lettered && streetBehind)))
                        || strokes > 1
                        || (strokes == 1
                                && streetBehind
                                && (far || lettered || isStreetWord(line, end)));
        return certain ? new Match(end, spoken.toString(), SemioticClass.ADDRESS) : null;
    }

    private String part(Line line, int token) {
        boolean padded = line.size(token) > 2 && line.first(token) == '0';
        String digits = line.text(token);
        return padded ? numbers.digits(digits) : numbers.cardinal(digits);
    }

    /** "Đường" and a name or a day. */
    private static boolean isStreetWord(Line line, int end) {
        int next = line.skip(line.is(end, ',') ? end + 1 : end);
        int name = line.skip(next + 1);
        return Cue.STREET.is(line, next) && (line.isCapitalised(name) || line.isNumber(name));
    }

    /** A name in capitals, "đường", or a comma and then one of both. */
    private static boolean isStreetBehind(Line line, int end) {
        int next = line.skip(line.is(end, ',') ? end + 1 : end);
        return Cue.STREET.is(line, next) || (line.isCapitalised(next) && line.isSyllable(next));
    }

    private static int letter(Line line, int token, StringBuilder spoken) {
        if (!line.isWord(token) || line.size(token) > 1) {
            return token;
        }
        spoken.append(' ').append(LetterNames.spell(line.text(token)));
        return token + 1;
    }
}
