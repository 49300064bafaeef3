package dev.snug.speech.sound.coding;

import java.io.IOException;

/** Decodes one channel of a FLAC frame: RFC 9639, section 9.2. */
final class FlacSubframe {
    private static final int[][] FIXED = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

    private final BitReader bits;

    FlacSubframe(BitReader bits) {
        this.bits = bits;
    }

    /**
     * Reads the first {@code count} samples.
     *
     * @param depth bits of a sample, 4 to 33
     */
    void read(long[] samples, int count, int depth) throws IOException {
        if (bits.read(1) != 0) {
            throw new CodingException("is damaged: a channel in it begins wrongly");
        }
        int kind = (int) bits.read(6);
        int wasted = bits.read(1) == 0 ? 0 : (int) bits.readUnary(depth) + 1;
        int stored = depth - wasted;
        if (stored < 1) {
            throw new CodingException("is damaged: a channel in it has no bits");
        }
        switch (kind) {
            case 0 -> constant(samples, count, stored);
            case 1 -> verbatim(samples, count, stored);
            case 8, 9, 10, 11, 12 -> fixed(samples, count, stored, kind - 8);
            default -> {
                if (kind < 32) {
                    throw new CodingException("is damaged: a channel in it is of no known kind");
                }
                predicted(samples, count, stored, kind - 31);
            }
        }
        for (int i = 0; wasted > 0 && i < count; i++) {
            samples[i] <<= wasted;
        }
    }

    private void constant(long[] samples, int count, int depth) throws IOException {
        long value = bits.readSigned(depth);
        for (int i = 0; i < count; i++) {
            samples[i] = value;
        }
    }

    private void verbatim(long[] samples, int count, int depth) throws IOException {
        for (int i = 0; i < count; i++) {
            samples[i] = bits.readSigned(depth);
        }
    }

    private void fixed(long[] samples, int count, int depth, int order) throws IOException {
        warmUp(samples, count, depth, order);
        residual(samples, count, order);
        restore(samples, count, FIXED[order], 0);
    }

    private void predicted(long[] samples, int count, int depth, int order) throws IOException {
        warmUp(samples, count, depth, order);
        int precision = (int) bits.read(4) + 1;
        int shift = (int) bits.readSigned(5);
        if (precision == 16 || shift < 0) {
            throw new CodingException("is damaged: a channel in it is predicted wrongly");
        }
        int[] weights = new int[order];
        for (int i = 0; i < order; i++) {
            weights[i] = (int) bits.readSigned(precision);
        }
        residual(samples, count, order);
        restore(samples, count, weights, shift);
    }

    private void warmUp(long[] samples, int count, int depth, int order) throws IOException {
        if (order > count) {
            throw new CodingException("is damaged: a channel in it is longer than its block");
        }
        verbatim(samples, order, depth);
    }

    private static void restore(long[] samples, int count, int[] weights, int shift) {
        for (int i = weights.length; i < count; i++) {
            long sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += weights[j] * samples[i - 1 - j];
            }
            samples[i] += sum >> shift;
        }
    }

    private void residual(long[] samples, int count, int order) throws IOException {
        int method = (int) bits.read(2);
        if (method > 1) {
            throw new CodingException("is damaged: a channel in it is coded in no known way");
        }
        int parts = 1 << bits.read(4);
        int size = count / parts;
        if (size * parts != count || size < order) {
            throw new CodingException("is damaged: a channel in it is parted wrongly");
        }
        int parameterBits = 4 + method;
        for (int part = 0; part < parts; part++) {
            int from = Math.max(order, part * size);
            part(samples, from, (part + 1) * size, parameterBits);
        }
    }

    private void part(long[] samples, int from, int to, int parameterBits) throws IOException {
        int parameter = (int) bits.read(parameterBits);
        if (parameter == (1 << parameterBits) - 1) {
            int depth = (int) bits.read(5);
            for (int i = from; i < to; i++) {
                samples[i] = depth == 0 ? 0 : bits.readSigned(depth);
            }
            return;
        }
        for (int i = from; i < to; i++) {
            long folded = bits.readUnary(0xffff_ffffL >>> parameter) << parameter;
            folded |= bits.read(parameter);
            samples[i] = folded >>> 1 ^ -(folded & 1);
        }
    }
}
