package dev.snug.vision.picture;

/**
 * The windowed-sinc weights of one axis in fixed point with {@value #FRACTION_BITS} fractional
 * bits: output sample {@code i} is the sum over {@code k} of input {@code start(i) + k} times
 * {@code weights[i * stride + k]}.
 *
 * <p>Algorithm: Lanczos with three lobes (C. E. Duchon, 1979), stretched by the scale when
 * shrinking, normalised over the samples that exist; rounding and window edges as in Pillow's
 * Resample.c, whose levels this reproduces.
 */
final class LanczosWeights {
    /** 32 bits less 8 of the level and 2 for overshoot of the negative lobes. */
    static final int FRACTION_BITS = 22;

    /** What a sum starts from, so that dropping the fraction rounds. */
    static final int HALF = 1 << (FRACTION_BITS - 1);

    private static final int LOBES = 3;

    final int outputs;
    final int stride;
    final int[] weights;
    private final int[] starts;
    private final int[] ends;

    LanczosWeights(Extent extent, int outputs) {
        double scale = extent.length() / outputs;
        double stretch = Math.max(1, scale);
        double reach = LOBES * stretch;
        this.outputs = outputs;
        stride = 2 * (int) Math.ceil(reach) + 1;
        weights = new int[Math.multiplyExact(outputs, stride)];
        starts = new int[outputs];
        ends = new int[outputs];
        double[] window = new double[stride];
        for (int i = 0; i < outputs; i++) {
            double centre = extent.start() + (i + 0.5) * scale;
            int start = Math.max(0, (int) (centre - reach + 0.5));
            int end = Math.min(extent.pixels(), (int) (centre + reach + 0.5));
            starts[i] = start;
            ends[i] = end;
            double sum = 0;
            for (int k = 0; k < end - start; k++) {
                window[k] = lanczos((start + k - centre + 0.5) / stretch);
                sum += window[k];
            }
            for (int k = 0; k < end - start; k++) {
                weights[i * stride + k] = fixed(sum == 0 ? window[k] : window[k] / sum);
            }
        }
    }

    private static double lanczos(double x) {
        return x >= -LOBES && x < LOBES ? sinc(x) * sinc(x / LOBES) : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }

    private static int fixed(double weight) {
        return (int) (weight * (1 << FRACTION_BITS) + (weight < 0 ? -0.5 : 0.5));
    }

    /** The first input sample of an output sample; never falls as {@code output} rises. */
    int start(int output) {
        return starts[output];
    }

    /** One past the last input sample of an output sample. */
    int end(int output) {
        return ends[output];
    }

    /** The most output samples whose inputs overlap those of one that comes first. */
    int openMost() {
        int most = 1;
        for (int first = 0, last = 0; first < outputs; first++) {
            while (last < outputs && starts[last] < ends[first]) {
                last++;
            }
            most = Math.max(most, last - first);
        }
        return most;
    }

    /** The level, 0 to 255, of a sum. */
    static int level(int sum) {
        return Math.clamp(sum >> FRACTION_BITS, 0, 255);
    }
}
