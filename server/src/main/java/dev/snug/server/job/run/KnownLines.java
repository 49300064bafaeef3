package dev.snug.server.job.run;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.Line;

import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The lines of this server, remembered for some seconds: each look reads all manifests. */
final class KnownLines {
    /** A model that is new waits so long for its jobs. */
    private static final long STAY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Supplier<Set<Line>> lines;
    private final LongSupplier clock;
    private Set<Line> known = Set.of();
    private long untilNanos;
    private boolean isKnown;

    /**
     * Remembers what {@code lines} says.
     *
     * @param clock in nanoseconds
     */
    KnownLines(Supplier<Set<Line>> lines, LongSupplier clock) {
        this.lines = lines;
        this.clock = clock;
    }

    /** Those for these kinds of work. */
    synchronized Set<Line> of(Set<Kind> kinds) {
        long now = clock.getAsLong();
        if (!isKnown || now - untilNanos >= 0) {
            known = lines.get();
            isKnown = true;
            untilNanos = now + STAY_NANOS;
        }
        return known.stream()
                .filter(line -> kinds.contains(line.kind()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Looks anew the next time: one of them was not there any more. */
    synchronized void forget() {
        isKnown = false;
    }
}
