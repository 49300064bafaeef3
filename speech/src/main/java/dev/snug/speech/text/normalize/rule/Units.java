package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Units of measure: units.tsv, their squares and cubes, and one unit per another. */
final class Units {
    /**
     * A unit in a text.
     *
     * @param end the token after it
     * @param spoken its words
     * @param isTime whether it is a unit of time
     * @param isAlone whether it is read without a number too
     */
    record Unit(int end, String spoken, boolean isTime, boolean isAlone) {}

    private record Entry(String spoken, Set<String> flags) {}

    /** Square and cube as written behind a unit. */
    private static final Map<String, String> POWERS =
            Map.of("2", " vuông", "²", " vuông", "3", " khối", "³", " khối");

    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, Entry> lowerCase = new HashMap<>();

    Units() {
        for (List<String> row : Table.rows("units.tsv", 3)) {
            Entry entry = new Entry(row.get(1), Set.of(row.get(2).split(" ", -1)));
            for (String symbol : row.getFirst().split(" ", -1)) {
                entries.put(symbol, entry);
                if (symbol.length() > 1) {
                    lowerCase.putIfAbsent(symbol.toLowerCase(Locale.ROOT), entry);
                }
            }
        }
    }

    /**
     * The unit at {@code at}, with what it is counted by: "km/h". {@code spaced} where a space
     * stands between it and its number.
     */
    @Nullable Unit at(Line line, int at, boolean spaced) {
        Unit unit = single(line, at, spaced, false);
        if (unit == null) {
            return null;
        }
        Unit below = line.is(unit.end(), '/') ? below(line, unit.end() + 1) : null;
        String per = Cue.COUNT_UNIT.is(line, unit.end() + 1) ? " một " : " trên ";
        return below == null
                ? unit
                : new Unit(
                        below.end(),
                        unit.spoken() + per + below.spoken(),
                        false,
                        unit.isAlone() || below.isAlone());
    }

    /** What stands under a stroke: a unit, or a word for a time. */
    @Nullable Unit below(Line line, int at) {
        boolean time = Cue.TIME_UNIT.is(line, at);
        if ((time || Cue.COUNT_UNIT.is(line, at)) && !line.isNumber(at + 1)) {
            return new Unit(at + 1, line.lower(at), time, false);
        }
        return single(line, at, false, true);
    }

    private @Nullable Unit single(Line line, int at, boolean spaced, boolean below) {
        int end = at + 1;
        String symbol = line.text(at);
        if (line.is(at, '°') && line.isWord(at + 1)) {
            symbol = line.text(at, at + 2);
            end = at + 2;
        }
        Entry entry = entries.get(symbol);
        if (entry == null) {
            entry = lowerCase.get(end == at + 1 ? line.lower(at) : symbol.toLowerCase(Locale.ROOT));
        }
        if (entry == null && end == at + 2) {
            entry = entries.get("°");
            end = at + 1;
        }
        boolean letters = line.isWord(at);
        if (entry == null
                || (!below && entry.flags.contains("below"))
                || (spaced && entry.flags.contains("tight"))
                || (letters && line.isWord(end))) {
            return null;
        }
        String spoken = entry.spoken;
        if (entry.flags.contains("power")) {
            int caret = line.is(end, '^') ? 1 : 0;
            String power = POWERS.get(line.text(end + caret));
            if (power != null && !line.isWord(end + caret + 1)) {
                spoken += power;
                end += 1 + caret;
            }
        }
        if (letters && line.isNumber(end)) {
            return null;
        }
        boolean alone = entry.flags.contains("alone") || !spoken.equals(entry.spoken);
        return new Unit(end, spoken, entry.flags.contains("time"), alone);
    }
}
