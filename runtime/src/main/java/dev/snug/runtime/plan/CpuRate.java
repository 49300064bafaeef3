package dev.snug.runtime.plan;

import java.util.function.ToDoubleFunction;

/**
 * How much a machine computes in a second of CPU time, for estimates of how long a job takes.
 *
 * @param multiplyAdds multiplications, each with its addition, of float32 in a second
 * @param isMeasured whether the model itself was measured on this machine; else the figure is that
 *     of other models on another one
 */
public record CpuRate(double multiplyAdds, boolean isMeasured) {
    /**
     * Where nothing was measured: EfficientNetV2-S and F5 base reached 20 and 43 billion on a core
     * with AVX-512.
     */
    public static final CpuRate GUESS = new CpuRate(20e9, false);

    public CpuRate {
        // Written so that NaN fails too.
        if (!(multiplyAdds > 0)) {
            throw new IllegalArgumentException("a rate of " + multiplyAdds + " a second");
        }
    }

    /**
     * The rate at which a job takes what it was measured to take; {@link #GUESS} where the
     * measurement leaves nothing for the model.
     *
     * @param secondsAt what the job is estimated to take at a rate: a part that follows from it,
     *     and one that does not
     * @param micros of CPU time that were measured
     */
    public static CpuRate calibrated(ToDoubleFunction<CpuRate> secondsAt, long micros) {
        double once = secondsAt.applyAsDouble(GUESS);
        double twice = secondsAt.applyAsDouble(new CpuRate(2 * GUESS.multiplyAdds, false));
        double ofTheModel = 2 * (once - twice);
        double left = micros / 1e6 - (once - ofTheModel);
        return left > 0 && ofTheModel > 0
                ? new CpuRate(GUESS.multiplyAdds * ofTheModel / left, true)
                : GUESS;
    }

    /** Seconds of CPU for {@code work} multiply-adds. */
    public double seconds(double work) {
        return work / multiplyAdds;
    }
}
