package dev.snug.bench.peers;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is asked for.
 *
 * @param kinds what is done
 * @param rounds runs of each job; empty: the kind's own number
 * @param withLimits whether the smallest hard limits are searched
 * @param isAgain whether rows that are done are measured anew
 * @param rows words of ids; only rows that have one of them are measured; nothing: all
 */
record PeerFlags(
        Set<Kind> kinds,
        OptionalInt rounds,
        boolean withLimits,
        boolean isAgain,
        List<String> rows) {

    static final String USAGE =
            "flags: [--only speech|long|pictures] [--runs N] [--no-limits] [--again] [--rows"
                    + " WORD,WORD]";

    /** Reads the flags; those with a value take it as the next word or after {@code =}. */
    static PeerFlags of(List<String> words) {
        Set<Kind> kinds = EnumSet.allOf(Kind.class);
        OptionalInt rounds = OptionalInt.empty();
        boolean withLimits = true;
        boolean isAgain = false;
        List<String> rows = List.of();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String name = word.replaceAll("=.*", "");
            boolean isBare = name.equals("--no-limits") || name.equals("--again");
            String value = "";
            if (!isBare) {
                boolean isInside = word.contains("=");
                if (!isInside && i + 1 == words.size()) {
                    throw new IllegalArgumentException(word + " needs a value; " + USAGE);
                }
                value = isInside ? word.substring(name.length() + 1) : words.get(++i);
            }
            switch (name) {
                case "--no-limits" -> withLimits = false;
                case "--again" -> isAgain = true;
                case "--only" -> kinds = EnumSet.of(kind(value));
                case "--runs" -> rounds = OptionalInt.of(rounds(value));
                case "--rows" -> rows = List.of(value.split(","));
                default -> throw new IllegalArgumentException("no flag " + name + "; " + USAGE);
            }
        }
        return new PeerFlags(kinds, rounds, withLimits, isAgain, rows);
    }

    boolean has(Peer peer) {
        return kinds.contains(peer.kind())
                && (rows.isEmpty() || rows.stream().anyMatch(peer.id()::contains));
    }

    int rounds(Kind kind) {
        return rounds.orElse(kind.rounds);
    }

    private static Kind kind(String word) {
        try {
            return Kind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("there is no " + word + "; " + USAGE, e);
        }
    }

    private static int rounds(String word) {
        if (!word.matches("[1-9][0-9]?")) {
            throw new IllegalArgumentException("--runs takes 1 to 99, not " + word);
        }
        return Integer.parseInt(word);
    }
}
