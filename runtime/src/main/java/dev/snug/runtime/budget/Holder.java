package dev.snug.runtime.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who holds how much: all open reservations of one account under one name, together.
 *
 * @param account path of the account
 * @param what the bytes are for
 * @param bytes 0 or more
 */
public record Holder(String account, String what, long bytes) {
    /** Holders named in a message; more would hide the large ones. */
    private static final int SHOWN_MAX = 5;

    /** Equal names added up, the largest first; ties by name, so that the order is always equal. */
    static List<Holder> largestFirst(List<Holder> holders) {
        Map<Holder, Long> sums = new HashMap<>();
        for (Holder holder : holders) {
            sums.merge(new Holder(holder.account, holder.what, 0), holder.bytes, Long::sum);
        }
        List<Holder> merged = new ArrayList<>();
        sums.forEach((name, bytes) -> merged.add(new Holder(name.account, name.what, bytes)));
        merged.sort(
                Comparator.comparingLong(Holder::bytes)
                        .reversed()
                        .thenComparing(Holder::account)
                        .thenComparing(Holder::what));
        return List.copyOf(merged);
    }

    /** The first holders as a list for people: {@code memory/audio chunk 3: 88 MiB; …}. */
    static String shown(List<Holder> holders) {
        if (holders.isEmpty()) {
            return "nothing is held";
        }
        List<String> parts = new ArrayList<>();
        for (Holder holder : holders.subList(0, Math.min(SHOWN_MAX, holders.size()))) {
            parts.add(holder.account + " " + holder.what + ": " + MemorySize.up(holder.bytes));
        }
        if (holders.size() > SHOWN_MAX) {
            List<Holder> rest = holders.subList(SHOWN_MAX, holders.size());
            long bytes = rest.stream().mapToLong(Holder::bytes).sum();
            parts.add(rest.size() + " more: " + MemorySize.up(bytes));
        }
        return String.join("; ", parts);
    }
}
