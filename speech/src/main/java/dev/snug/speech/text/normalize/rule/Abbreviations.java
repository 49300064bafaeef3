package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Written short forms of words that are said in full: abbreviations.tsv. The longest that fits is
 * read, where its condition holds.
 */
final class Abbreviations implements Rule {
    /**
     * A row of the file.
     *
     * @param written as in texts; in lower case where any case fits
     * @param condition what must stand around it
     */
    private record Entry(String written, String spoken, boolean exact, Condition condition) {}

    private static final int ROOM_DIGITS = 3;

    private enum Condition {
        ANY,
        /** A capitalised word or a number follows, a space between or not. */
        NAME,
        /** A number follows. */
        NUMBER,
        /** The number of a room follows: three digits or more. */
        ROOM,
        /** No capitalised word and no number is next to it: a word of chats. */
        CHAT,
        /** A mark of the end of a sentence may be its last point. */
        LAST
    }

    private final Map<String, List<Entry>> entries = new HashMap<>();

    Abbreviations() {
        for (List<String> row : Table.rows("abbreviations.tsv", 4)) {
            boolean exact = row.get(2).equals("exact");
            String written = row.getFirst();
            Entry entry =
                    new Entry(
                            written,
                            row.get(1),
                            exact,
                            Condition.valueOf(row.get(3).toUpperCase(Locale.ROOT)));
            entries.computeIfAbsent(firstWord(written), _ -> new ArrayList<>()).add(entry);
        }
        Comparator<Entry> longestFirst =
                Comparator.comparingInt(entry -> -entry.written().length());
        entries.values().forEach(list -> list.sort(longestFirst));
    }

    private static String firstWord(String written) {
        int end = 0;
        while (end < written.length() && Character.isLetter(written.charAt(end))) {
            end++;
        }
        return written.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /** Whether an abbreviation begins with the word. */
    boolean mayBegin(Line line, int at) {
        return entries.containsKey(line.lower(at));
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (!line.isWord(at) || line.isNumber(at - 1)) {
            return null;
        }
        for (Entry entry : entries.getOrDefault(line.lower(at), List.of())) {
            if (line.startsWith(at, entry.written(), entry.exact())) {
                int end = line.tokenAfter(at, entry.written().length());
                if (end > 0 && holds(line, at, end, entry)) {
                    return read(line, end, entry);
                }
            }
        }
        return null;
    }

    private static boolean holds(Line line, int at, int end, Entry entry) {
        char last = entry.written().charAt(entry.written().length() - 1);
        boolean glued = Character.isLetter(last) && line.isWord(end);
        if (glued || (line.isOneOf(at - 1, ".@/_-#") && line.isWord(at - 2))) {
            return false;
        }
        int next = line.skip(end);
        return switch (entry.condition()) {
            case ANY -> !Character.isLetter(last) || !line.isNumber(end);
            case LAST -> true;
            case ROOM -> line.isNumber(next) && line.size(next) >= ROOM_DIGITS;
            case NUMBER -> line.isNumber(next);
            case NAME ->
                    line.isNumber(next)
                            || line.isCapitalised(next)
                            || (line.is(next, '.') && line.isCapitalised(line.skip(next + 1)));
            case CHAT ->
                    !line.isNumber(next)
                            && !(line.isNumber(line.before(at))
                                    && !line.isWord(line.before(at) - 1))
                            && !line.isOneOf(end, ".'-/@")
                            && !(line.is(end, '.') && line.isWord(end + 1));
        };
    }

    private static Match read(Line line, int end, Entry entry) {
        String spoken = entry.spoken();
        int after = end;
        if (entry.condition() == Condition.LAST) {
            while (line.is(after, '.')) {
                after++;
            }
            int next = line.skip(after);
            boolean ends = next >= line.size() || line.isCapitalised(next);
            spoken = ends ? spoken + "." : spoken;
        }
        return new Match(after, spoken, SemioticClass.ABBREVIATION);
    }
}
