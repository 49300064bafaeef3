package dev.snug.server.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * All numbers of a server, each under a name of its own, in base units: seconds, bytes.
 *
 * <p>{@link #text} follows the Prometheus text exposition format 0.0.4. From many threads at once.
 */
public final class Metrics {
    /** The content type of {@link #text}. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, Family> families = new LinkedHashMap<>();

    /**
     * A number that only grows.
     *
     * @param name ends in {@code _total}
     * @param help one line
     * @param labels names of what its series differ in
     * @throws IllegalArgumentException when the name is no such name or is taken
     */
    public Counter counter(String name, String help, String... labels) {
        if (!name.endsWith("_total")) {
            throw new IllegalArgumentException("counter " + name + " must end in _total");
        }
        return add(new Counter(name, help, List.of(labels)));
    }

    /**
     * A number that goes up and down, asked for whenever somebody looks.
     *
     * @throws IllegalArgumentException as {@link #counter}
     */
    public void gauge(String name, String help, DoubleSupplier value) {
        add(new Gauge(name, help, value));
    }

    /**
     * How often a value was at most each of {@code bounds}.
     *
     * @param bounds growing, without the last one, which is infinite
     * @throws IllegalArgumentException as {@link #counter}
     */
    public Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return add(new Histogram(name, help, bounds, List.of(labels)));
    }

    /** Everything, as {@link #TYPE}. */
    public String text() {
        List<Family> all;
        synchronized (families) {
            all = new ArrayList<>(families.values());
        }
        StringBuilder out = new StringBuilder(4096);
        for (Family family : all) {
            family.write(out);
        }
        return out.toString();
    }

    private <F extends Family> F add(F family) {
        synchronized (families) {
            if (families.putIfAbsent(family.name(), family) != null) {
                throw new IllegalArgumentException("metric " + family.name() + " is there already");
            }
        }
        return family;
    }
}
