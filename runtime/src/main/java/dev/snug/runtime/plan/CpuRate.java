package dev.snug.runtime.plan;

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

    /** The rate of a run that took {@code micros} of CPU time for {@code multiplyAdds}. */
    public static CpuRate measured(long multiplyAdds, long micros) {
        return new CpuRate(multiplyAdds * 1e6 / Math.max(1, micros), true);
    }

    /** Seconds of CPU for {@code work} multiply-adds. */
    public double seconds(double work) {
        return work / multiplyAdds;
    }
}
