package dev.snug.server.metrics;

import java.util.List;
import java.util.function.DoubleSupplier;

/** A number that is asked for. */
final class Gauge extends Family {
    private final DoubleSupplier value;

    Gauge(String name, String help, DoubleSupplier value) {
        super(name, help, "gauge", List.of());
        this.value = value;
    }

    @Override
    void samples(StringBuilder out) {
        sample(out, name(), "", number(value.getAsDouble()));
    }
}
