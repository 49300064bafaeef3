package dev.snug.server.memory;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/** The last five minutes in a ring of fixed size: one entry a second at most. */
final class MemoryHistory {
    /** Entries; five minutes where somebody looks each second. */
    static final int ENTRIES = 300;

    private static final long SPACING_NANOS = 900_000_000L;
    private static final long LIFE_NANOS = 300_000_000_000L;
    private static final int FIGURES = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final long[] ring = new long[FIGURES * ENTRIES];
    private long added;

    /**
     * Adds what was seen, unless the last look was just now.
     *
     * @param group working set of the control group, if there is one
     */
    void add(long nanos, long front, long workers, OptionalLong group) {
        lock.lock();
        try {
            if (added > 0 && nanos - ring[at(added - 1)] < SPACING_NANOS) {
                return;
            }
            int at = at(added);
            ring[at] = nanos;
            ring[at + 1] = front;
            ring[at + 2] = workers;
            ring[at + 3] = group.orElse(-1);
            added++;
        } finally {
            lock.unlock();
        }
    }

    private static int at(long entry) {
        return (int) (entry % ENTRIES) * FIGURES;
    }

    /** Oldest first; {@code t} is seconds before the last one, 0 or less. */
    List<Map<String, @Nullable Object>> json() {
        lock.lock();
        try {
            List<Map<String, @Nullable Object>> entries = new ArrayList<>();
            long last = added == 0 ? 0 : ring[at(added - 1)];
            for (long entry = Math.max(0, added - ENTRIES); entry < added; entry++) {
                int at = at(entry);
                if (last - ring[at] <= LIFE_NANOS) {
                    entries.add(json(at, last));
                }
            }
            return entries;
        } finally {
            lock.unlock();
        }
    }

    private Map<String, @Nullable Object> json(int at, long last) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("t", Math.round((ring[at] - last) / 1e8) / 10.0);
        json.put("front", ring[at + 1]);
        json.put("workers", ring[at + 2]);
        json.put("cgroup", ring[at + 3] < 0 ? null : (Object) ring[at + 3]);
        return json;
    }
}
