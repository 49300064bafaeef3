package dev.snug.server.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How values are spread, for each set of labels. */
public final class Histogram extends Family {
    private static final class Series {
        final long[] counts;
        double sum;

        Series(int buckets) {
            counts = new long[buckets];
        }
    }

    private final double[] bounds;
    private final Map<String, Series> series = new TreeMap<>();

    Histogram(String name, String help, double[] bounds, List<String> labels) {
        super(name, help, "histogram", labels);
        this.bounds = bounds.clone();
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i] <= bounds[i - 1]) {
                throw new IllegalArgumentException(name + " has bounds that do not grow");
            }
        }
    }

    /**
     * Counts one value.
     *
     * @param value in the unit of the name
     * @param values of the labels, in their order
     */
    public void observe(double value, String... values) {
        String key = key(values);
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        synchronized (series) {
            String kept = bounded(key, series.size(), series.containsKey(key));
            Series one = series.computeIfAbsent(kept, any -> new Series(bounds.length + 1));
            one.counts[bucket]++;
            one.sum += value;
        }
    }

    @Override
    void samples(StringBuilder out) {
        synchronized (series) {
            for (Map.Entry<String, Series> one : series.entrySet()) {
                write(out, one.getKey(), one.getValue());
            }
        }
    }

    private void write(StringBuilder out, String key, Series one) {
        String prefix = key.isEmpty() ? "" : key + ",";
        long count = 0;
        for (int i = 0; i <= bounds.length; i++) {
            count += one.counts[i];
            String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
            sample(out, name() + "_bucket", prefix + "le=\"" + bound + "\"", Long.toString(count));
        }
        sample(out, name() + "_sum", key, number(one.sum));
        sample(out, name() + "_count", key, Long.toString(count));
    }
}
