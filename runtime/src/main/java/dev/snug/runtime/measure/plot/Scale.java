package dev.snug.runtime.measure.plot;

/**
 * Values from 0 to {@code most} along an axis of {@code pixels}, with round steps between them.
 *
 * @param most the value at the far end, &gt; 0; a multiple of {@code step}
 * @param step between two labels: 1, 2 or 5 times a power of ten
 */
record Scale(double most, double step, double pixels) {
    /** The smallest round scale that holds {@code value} in at most {@code steps} steps. */
    static Scale over(double value, int steps, double pixels) {
        double step = roundStep(Math.max(value, 1e-3) / steps);
        return new Scale(Math.ceil(value / step - 1e-9) * step, step, pixels);
    }

    /** One that ends at {@code value} itself. */
    static Scale upTo(double value, int steps, double pixels) {
        double most = Math.max(value, 1e-3);
        return new Scale(most, roundStep(most / steps), pixels);
    }

    private static double roundStep(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= atLeast - 1e-12) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    double at(double value) {
        return value / most * pixels;
    }

    int labels() {
        return (int) Math.floor(most / step + 1e-9);
    }

    /** The value at a label, without a fraction where there is none. */
    String label(int number) {
        double value = number * step;
        return value == Math.rint(value)
                ? Long.toString(Math.round(value))
                : Double.toString(Math.round(value * 1e3) / 1e3);
    }
}
