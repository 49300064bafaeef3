package dev.snug.speech.sound.coding;

/**
 * A residual in Rice's code: cut into 2^order parts of one length, each with the parameter that
 * takes the fewest bits.
 *
 * @param order 0 to {@link #ORDER_MAX}
 * @param parameters of the parts, 0 to {@link #PARAMETER_MAX}
 * @param bits that all parts take together
 */
@SuppressWarnings("ArrayRecordComponent")
record RiceParts(int order, int[] parameters, long bits) {
    /** Finest cut: 64 parts of 64 samples of a whole block. */
    static final int ORDER_MAX = 6;

    /** 15 would say that no code follows. */
    static final int PARAMETER_MAX = 14;

    private static final int PARAMETER_BITS = 4;

    /**
     * The best parts of {@code residual} from {@code first} to {@code count}.
     *
     * @param first samples that come before the residual, which are in the first part
     */
    static RiceParts of(int[] residual, int first, int count) {
        int order = 0;
        while (order < ORDER_MAX && count % (2 << order) == 0 && count >> (order + 1) > first) {
            order++;
        }
        long[][] bits = finest(residual, first, count, order);
        RiceParts best = chosen(order, bits);
        while (order > 0) {
            order--;
            for (int part = 0; part < 1 << order; part++) {
                for (int parameter = 0; parameter <= PARAMETER_MAX; parameter++) {
                    bits[part][parameter] =
                            bits[2 * part][parameter] + bits[2 * part + 1][parameter];
                }
            }
            RiceParts coarser = chosen(order, bits);
            best = coarser.bits < best.bits ? coarser : best;
        }
        return best;
    }

    /** What each part takes with each parameter. */
    private static long[][] finest(int[] residual, int first, int count, int order) {
        long[][] bits = new long[1 << order][PARAMETER_MAX + 1];
        int size = count >> order;
        for (int i = first; i < count; i++) {
            long[] part = bits[i / size];
            int folded = folded(residual[i]);
            for (int parameter = 0; parameter <= PARAMETER_MAX; parameter++) {
                part[parameter] += (folded >>> parameter) + 1 + parameter;
            }
        }
        return bits;
    }

    private static RiceParts chosen(int order, long[][] bits) {
        int[] parameters = new int[1 << order];
        long total = 0;
        for (int part = 0; part < parameters.length; part++) {
            for (int parameter = 1; parameter <= PARAMETER_MAX; parameter++) {
                if (bits[part][parameter] < bits[part][parameters[part]]) {
                    parameters[part] = parameter;
                }
            }
            total += PARAMETER_BITS + bits[part][parameters[part]];
        }
        return new RiceParts(order, parameters, total);
    }

    void write(BitWriter out, int[] residual, int first, int count) {
        out.write(0, 2);
        out.write(order, 4);
        int size = count >> order;
        for (int part = 0; part < parameters.length; part++) {
            int parameter = parameters[part];
            out.write(parameter, PARAMETER_BITS);
            for (int i = Math.max(first, part * size); i < (part + 1) * size; i++) {
                int folded = folded(residual[i]);
                out.writeUnary(folded >>> parameter);
                out.write(folded, parameter);
            }
        }
    }

    /** 0, -1, 1, -2 ... as 0, 1, 2, 3 ... */
    private static int folded(int value) {
        return value << 1 ^ value >> 31;
    }
}
