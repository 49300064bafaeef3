package dev.snug.bench.peers;

import java.util.OptionalInt;

/**
 * The search for the smallest limit under which something works, when it works under every larger
 * one: halves what is left between a limit that is too small and one that is enough.
 */
final class Bisection {
    private final int step;
    private int tooSmall;
    private int enough;
    private OptionalInt first;

    /**
     * @param tooSmall a limit that is known, or taken, to be too small
     * @param enough one that is known, or taken, to be enough; larger
     * @param step how close they come, ≥ 1
     * @param first what is tried first, between the two; empty: their middle
     */
    Bisection(int tooSmall, int enough, int step, OptionalInt first) {
        if (tooSmall >= enough || step < 1) {
            throw new IllegalArgumentException(
                    "cannot search between %d and %d in steps of %d"
                            .formatted(tooSmall, enough, step));
        }
        this.tooSmall = tooSmall;
        this.enough = enough;
        this.step = step;
        this.first = first.stream().filter(one -> one > tooSmall && one < enough).findFirst();
    }

    /** What to try next; empty when the smallest is known to {@code step}. */
    OptionalInt next() {
        if (first.isPresent()) {
            return first;
        }
        return enough - tooSmall <= step
                ? OptionalInt.empty()
                : OptionalInt.of(Math.clamp(middle(), tooSmall + 1, enough - 1));
    }

    /** Whether it worked under {@code limit}, which {@link #next} named. */
    void tell(int limit, boolean worked) {
        first = OptionalInt.empty();
        if (worked) {
            enough = Math.min(enough, limit);
        } else {
            tooSmall = Math.max(tooSmall, limit);
        }
    }

    /** The smallest that is enough, as far as is known. */
    int smallest() {
        return enough;
    }

    /** A multiple of the step: limits are read by people. */
    private int middle() {
        int half = (tooSmall + enough) / 2;
        int round = Math.floorDiv(half + step / 2, step) * step;
        return round > tooSmall && round < enough ? round : half;
    }
}
