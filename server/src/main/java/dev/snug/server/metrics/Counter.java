package dev.snug.server.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A number that only grows, for each set of labels. */
public final class Counter extends Family {
    private final Map<String, long[]> series = new TreeMap<>();

    Counter(String name, String help, List<String> labels) {
        super(name, help, "counter", labels);
        if (labels.isEmpty()) {
            series.put("", new long[1]);
        }
    }

    /**
     * Adds to one series.
     *
     * @param amount at least 0
     * @param values of the labels, in their order
     */
    public void add(long amount, String... values) {
        if (amount < 0) {
            throw new IllegalArgumentException(name() + " cannot shrink");
        }
        String key = key(values);
        synchronized (series) {
            String kept = bounded(key, series.size(), series.containsKey(key));
            series.computeIfAbsent(kept, any -> new long[1])[0] += amount;
        }
    }

    @Override
    void samples(StringBuilder out) {
        synchronized (series) {
            for (Map.Entry<String, long[]> one : series.entrySet()) {
                sample(out, name(), one.getKey(), Long.toString(one.getValue()[0]));
            }
        }
    }
}
