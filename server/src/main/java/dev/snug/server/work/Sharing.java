package dev.snug.server.work;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.plan.Demand;
import dev.snug.server.answer.ModelCard.Kind;

import java.util.EnumMap;
import java.util.Map;

/**
 * How the workers share the server's limit.
 *
 * @param bytes limit of each kind's worker
 * @param isInTurns whether there is room for one of them at a time only: the other ends before it
 *     starts
 */
public record Sharing(Map<Kind, Long> bytes, boolean isInTurns) {
    private static final long MIB = 1 << 20;

    /**
     * What the front holds whatever the kernel drops: Java, its own heap of 24 MiB at the most, and
     * SQLite. Its files are those of the workers, which count them.
     */
    public static final long FRONT_BYTES = 44 * MIB;

    public Sharing {
        bytes = Map.copyOf(bytes);
    }

    /**
     * The shares under {@code limitBytes}. Two workers map the same JDK, library and cache: what of
     * these files stays in memory counts once.
     *
     * <p>Where there is room, each gets what is comfortable and a part of the rest; where there is
     * less, each gets its smallest and a part of the rest by what it lacks to comfort; where not
     * even half of that is there, they take turns and each gets all. Side by side with less, each
     * run drops the pages that the next one needs: measured under 256 MiB, EfficientNetV2-S beside
     * the small voice answered 1.3 pictures a second, and alone 6.
     */
    static Sharing of(long limitBytes, Map<Kind, Need> needs) {
        long room = Math.max(0, limitBytes - FRONT_BYTES);
        if (needs.size() < 2) {
            return same(room, needs, false);
        }
        long together = room + (needs.size() - 1) * Demand.FILES_STAY_BYTES;
        long comfortable = needs.values().stream().mapToLong(Need::comfortable).sum();
        long smallest = needs.values().stream().mapToLong(Need::smallest).sum();
        long lacking = comfortable - smallest;
        if (smallest + lacking / 2 > together) {
            return same(room, needs, true);
        }
        Map<Kind, Long> shares = new EnumMap<>(Kind.class);
        long spare = Math.max(0, together - comfortable) / needs.size();
        long given = Math.min(together - smallest, lacking);
        for (Map.Entry<Kind, Need> entry : needs.entrySet()) {
            Need need = entry.getValue();
            long part =
                    lacking == 0
                            ? 0
                            : (long)
                                    ((need.comfortable() - need.smallest())
                                            * (double) given
                                            / lacking);
            shares.put(entry.getKey(), Math.min(room, need.smallest() + part + spare) / MIB * MIB);
        }
        return new Sharing(shares, false);
    }

    private static Sharing same(long room, Map<Kind, Need> needs, boolean isInTurns) {
        Map<Kind, Long> shares = new EnumMap<>(Kind.class);
        needs.keySet().forEach(kind -> shares.put(kind, room / MIB * MIB));
        return new Sharing(shares, isInTurns);
    }

    /** The share of {@code kind}'s worker. */
    long of(Kind kind) {
        Long share = bytes.get(kind);
        if (share == null) {
            throw new IllegalArgumentException("nothing is shared with " + kind);
        }
        return share;
    }

    /** In words, for the log. */
    String words() {
        StringBuilder words = new StringBuilder();
        bytes.forEach(
                (kind, share) ->
                        words.append(words.isEmpty() ? "" : ", ")
                                .append(kind.word())
                                .append(' ')
                                .append(MemorySize.down(share)));
        return words + (isInTurns ? ", in turns" : "");
    }
}
