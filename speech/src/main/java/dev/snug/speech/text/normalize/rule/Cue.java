package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Words that decide what the number beside them is; cues.tsv lists them. */
enum Cue {
    /** A day of the calendar follows: "ngày", "sáng". */
    DAY,
    /** A day or a fraction may follow: "từ", "trước". */
    SPAN,
    /** A day went before: "tới", "hàng". */
    DAY_BEHIND,
    /** Named after a day: "đường". */
    STREET,
    /** A current in amperes is near. */
    ELECTRIC,
    /** A house number follows. */
    HOUSE,
    /** A result of a match is near. */
    SCORE,
    /** A proportion follows, a stroke in which is "trên". */
    RATIO,
    /** A fraction follows and no day. */
    FRACTION,
    /** What a fraction is of. */
    FRACTION_BEHIND,
    /** What the fraction counts, a stroke in which is "trên". */
    RATIO_BEHIND,
    /** A telephone number or another that is said digit by digit follows. */
    DIGITS,
    /** May follow three digits that are said one by one. */
    AFTER_DIGITS,
    /** A time of day follows. */
    CLOCK,
    /** A Roman number follows. */
    ROMAN,
    /** Numbers of laws and orders follow. */
    LAW,
    /** The number counts parts of a year: "quý 1/2024". */
    PERIOD,
    /** A mark in an examination is near. */
    MARKS,
    /** The number before it is a section or version: its point is "chấm". */
    VERSION,
    /** What is counted, where a day could stand: "ngày 2-3 viên". */
    COUNTED,
    /** What a price or a dose is for, after a stroke. */
    COUNT_UNIT,
    /** A unit of time, after a stroke. */
    TIME_UNIT;

    /** Tokens that are searched back for a cue that need not be next to the number. */
    private static final int NEAR_TOKENS = 24;

    private static final Map<Cue, Set<String>> WORDS = new EnumMap<>(Cue.class);

    static {
        for (List<String> row : Table.rows("cues.tsv", 2)) {
            WORDS.computeIfAbsent(
                            Cue.valueOf(row.getFirst().toUpperCase(Locale.ROOT)),
                            _ -> new HashSet<>())
                    .addAll(Arrays.asList(row.get(1).split(" ")));
        }
    }

    /** Whether the word is one of these. */
    boolean is(Line line, int token) {
        return line.isWord(token) && WORDS.getOrDefault(this, Set.of()).contains(line.lower(token));
    }

    /** Whether one of these words stands right before the token. */
    boolean isBefore(Line line, int token) {
        return is(line, line.before(token));
    }

    /** Whether one of these words stands right behind what ends before {@code end}. */
    boolean isBehind(Line line, int end) {
        return is(line, line.skip(end));
    }

    /** Whether one of these words stands in the same clause before the token. */
    boolean isNearBefore(Line line, int token) {
        for (int i = token - 1; i >= Math.max(0, token - NEAR_TOKENS); i--) {
            if (is(line, i)) {
                return true;
            }
            if (line.isOneOf(i, ".;!?") && line.isBlank(i + 1)) {
                return false;
            }
        }
        return false;
    }
}
