package dev.snug.speech.text.normalize;

import dev.snug.speech.text.normalize.clean.CleanText;
import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.rule.SemioticClass;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The spoken text while it grows: words with single spaces between, marks without doubles, brackets
 * and dashes as commas, a stop where a line ends without one.
 */
final class Speech {
    /** Marks that are dropped without a word: nobody expects to hear them. */
    private static final String SILENT = "\"'`_*#|~\\^<>{}[]()-–—/+=…•";

    private static final String STOPS = ".!?;:,";
    private static final int BLOCK_CHARS = 1 << 16;

    private final CleanText clean;
    private final List<StringBuilder> blocks = new ArrayList<>();
    private StringBuilder block = new StringBuilder();
    private int before;
    private char last;
    private final Spans spans = new Spans();
    private final Set<String> dropped = new LinkedHashSet<>();

    /** A pause that is written only if a word follows: ',' or '.', or 0. */
    private char pause;

    Speech(CleanText clean) {
        this.clean = clean;
    }

    /** Adds what is said for the tokens from {@code at} to before {@code end}. */
    void reading(Line line, int at, int end, String spoken, SemioticClass kind) {
        int from = append(spoken);
        int writtenFrom = clean.writtenFrom(line.cleanFrom(at));
        int writtenTo = clean.writtenTo(line.cleanFrom(end));
        int to = length();
        if (kind != SemioticClass.PLAIN || to > from) {
            spans.add(writtenFrom, writtenTo, from, to, kind);
        }
    }

    /** Adds words; returns where they begin. */
    private int append(String words) {
        int from = -1;
        boolean space = true;
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c == ' ') {
                space = true;
            } else if (Letters.isSpoken(c)) {
                from = letter(c, space, from);
                space = false;
            } else if (STOPS.indexOf(c) >= 0) {
                stop(c);
            } else {
                int point = words.codePointAt(i);
                i += Character.charCount(point) - 1;
                String folded = Letters.folded(point);
                if (folded.isEmpty() && c != '\'') {
                    drop(Character.toString(point));
                }
                for (int k = 0; k < folded.length(); k++) {
                    from = letter(folded.charAt(k), space, from);
                    space = false;
                }
            }
        }
        return from < 0 ? length() : from;
    }

    private int letter(char letter, boolean space, int from) {
        if (space) {
            if (pause != 0 && last != 0 && STOPS.indexOf(last) < 0) {
                put(pause);
            }
            if (last != 0) {
                put(' ');
            }
        }
        pause = 0;
        put(letter);
        return from < 0 ? length() - 1 : from;
    }

    /** Adds the token of spaces or the sign at {@code at} as a mark, a pause or nothing. */
    void mark(Line line, int at) {
        char sign = line.first(at);
        if (line.isSpace(at)) {
            return;
        }
        boolean apart = line.isBlank(at - 1) && line.isBlank(at + 1);
        if (line.size(at) > 1) {
            drop(line.text(at));
        } else if (sign == ':' && line.isNumber(at - 1) && line.isNumber(at + 1)) {
            return;
        } else if (sign == '.' && (line.is(at + 1, '.') || isInitial(line, at))) {
            return;
        } else if (sign == '…' || (sign == '.' && line.is(at - 1, '.'))) {
            ellipsis(line, at);
        } else if (STOPS.indexOf(sign) >= 0) {
            stop(sign);
        } else if ("()[]{}—".indexOf(sign) >= 0 || (apart && "-–|/".indexOf(sign) >= 0)) {
            pause = pause == 0 ? ',' : pause;
        } else if (SILENT.indexOf(sign) < 0) {
            drop(line.text(at));
        }
    }

    /** The point of "Nguyễn Văn T. (32 tuổi)" ends no sentence. */
    private static boolean isInitial(Line line, int at) {
        int next = line.skip(at + 1);
        boolean goesOn = line.is(next, '(') || (line.isWord(next) && !line.isCapitalised(next));
        return goesOn && line.isUpper(at - 1) && line.size(at - 1) == 1 && at > 2;
    }

    /** Inside a sentence an ellipsis is a pause. */
    private void ellipsis(Line line, int at) {
        int next = line.skip(at + 1);
        if (line.isWord(next) && !line.isCapitalised(next)) {
            stop(',');
        } else {
            stop('.');
        }
    }

    /** A line ends; the next word begins another sentence. */
    void lineEnd() {
        pause = '.';
    }

    private void stop(char stop) {
        pause = pause == ',' ? 0 : pause;
        if (last == 0) {
            return;
        }
        if (STOPS.indexOf(last) < 0) {
            put(stop);
        } else if (".!?".indexOf(stop) >= 0 && ",;:".indexOf(last) >= 0) {
            block.setCharAt(block.length() - 1, stop);
            last = stop;
        }
    }

    private void put(char c) {
        block.append(c);
        last = c;
        if (block.length() >= BLOCK_CHARS && c != ' ' && STOPS.indexOf(c) < 0) {
            blocks.add(block);
            before += block.length();
            block = new StringBuilder(BLOCK_CHARS);
        }
    }

    private int length() {
        return before + block.length();
    }

    private void drop(String what) {
        if (dropped.size() < Normalized.DROPPED_MAX) {
            dropped.add(what);
        }
    }

    Normalized normalized(String written) {
        String spoken;
        if (blocks.isEmpty()) {
            spoken = block.toString();
        } else {
            // A builder of wide characters from the start: to widen a full one takes half as much
            // again, and the text may be most of the heap.
            StringBuilder all = new StringBuilder().append('ă');
            all.ensureCapacity(length() + 1);
            all.setLength(0);
            for (int i = 0; i < blocks.size(); i++) {
                all.append(blocks.set(i, new StringBuilder()));
            }
            all.append(block);
            block = new StringBuilder();
            spoken = all.toString();
        }
        return new Normalized(written, spoken, spans, List.copyOf(dropped));
    }
}
