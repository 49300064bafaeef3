package dev.snug.speech.sound.coding;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Writes FLAC of one channel and 16 bits, in blocks of 4,096 samples within the streamable subset:
 * each block as the cheapest of a constant, five fixed predictions and a linear one. Length and MD5
 * of the samples are in {@link #head}; a stream says "unknown".
 *
 * <p>Source: RFC 9639, "Free Lossless Audio Codec (FLAC)" (2024).
 */
public final class FlacCoder implements Coder {
    private static final int BLOCK_SAMPLES = 4_096;
    private static final int DEPTH = 16;
    private static final int FIXED_ORDER_MAX = 4;
    private static final int STREAMINFO_BYTES = 34;

    private final OutputStream out;
    private final int rate;
    private final MessageDigest digest;
    private final ByteBuffer digested =
            ByteBuffer.allocate(2 * BLOCK_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
    private final int[] block = new int[BLOCK_SAMPLES];
    private final int[][] residuals = new int[2][BLOCK_SAMPLES];
    private final BitWriter bits = new BitWriter();
    private int held;
    private long frames;
    private long samples;
    private int frameBytesMin = Integer.MAX_VALUE;
    private int frameBytesMax;
    private byte[] sum = new byte[16];

    /**
     * Writes the metadata.
     *
     * @param rate samples a second, at most 65,535
     * @param comments NAME=text each
     */
    public FlacCoder(OutputStream out, int rate, List<String> comments) throws IOException {
        this.out = out;
        this.rate = rate;
        try {
            this.digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
        out.write(head());
        byte[] packed = CommentBlock.packed(comments);
        out.write(ByteBuffer.allocate(4).putInt(0x84 << 24 | packed.length).array());
        out.write(packed);
    }

    @Override
    public void write(short[] more, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            block[held++] = more[i];
            if (held == BLOCK_SAMPLES) {
                frame();
            }
        }
    }

    @Override
    public void end() throws IOException {
        if (held > 0) {
            frame();
        }
        sum = digest.digest();
    }

    @Override
    public byte[] head() {
        ByteBuffer head = ByteBuffer.allocate(4 + 4 + STREAMINFO_BYTES);
        head.put("fLaC".getBytes(StandardCharsets.US_ASCII)).putInt(STREAMINFO_BYTES);
        head.putShort((short) BLOCK_SAMPLES).putShort((short) BLOCK_SAMPLES);
        int least = frames == 0 ? 0 : frameBytesMin;
        head.put((byte) (least >>> 16)).putShort((short) least);
        head.put((byte) (frameBytesMax >>> 16)).putShort((short) frameBytesMax);
        head.putLong((long) rate << 44 | (DEPTH - 1L) << 36 | (samples & 0xf_ffff_ffffL));
        return head.put(sum).array();
    }

    private void frame() throws IOException {
        digest();
        bits.clear();
        bits.write(0xfff8, 16);
        // The size is 16 bits behind the number, the rate 16 bits behind that; one channel, 16
        // bits.
        bits.write(0x7d08, 16);
        writeNumber(frames);
        bits.write(held - 1, 16);
        bits.write(rate, 16);
        bits.write(bits.check(BitReader.POLYNOMIAL_8, 8), 8);
        writeSubframe();
        bits.align();
        bits.write(bits.check(BitReader.POLYNOMIAL_16, 16), 16);
        out.write(bits.bytes(), 0, bits.length());
        frames++;
        samples += held;
        frameBytesMin = Math.min(frameBytesMin, bits.length());
        frameBytesMax = Math.max(frameBytesMax, bits.length());
        held = 0;
    }

    private void digest() {
        digested.clear();
        for (int i = 0; i < held; i++) {
            digested.putShort((short) block[i]);
        }
        digest.update(digested.array(), 0, 2 * held);
    }

    /** Up to 36 bits, coded as UTF-8 would. */
    private void writeNumber(long number) {
        if (number < 0x80) {
            bits.write(number, 8);
            return;
        }
        int more = 1;
        while (more < 6 && number >>> (5 * more + 6) != 0) {
            more++;
        }
        bits.write(((0xff00 >> (more + 1)) & 0xff) | (number >>> (6 * more)), 8);
        for (int i = more - 1; i >= 0; i--) {
            bits.write(0x80 | ((number >>> (6 * i)) & 0x3f), 8);
        }
    }

    private void writeSubframe() {
        int order = fixedOrder();
        if (order < 0) {
            bits.write(0, 8);
            bits.write(block[0], DEPTH);
            return;
        }
        fixedResidual(order);
        RiceParts fixed = RiceParts.of(residuals[0], order, held);
        LinearPrediction linear =
                held > 2 * LinearPrediction.ORDER
                        ? LinearPrediction.of(block, held)
                        : new LinearPrediction(new int[0], 0);
        int weights = linear.weights().length;
        if (weights > 0 && linear.residual(block, held, residuals[1])) {
            RiceParts parts = RiceParts.of(residuals[1], weights, held);
            long extra =
                    weights * (long) (DEPTH + LinearPrediction.PRECISION)
                            + 9
                            - (long) order * DEPTH;
            if (parts.bits() + extra < fixed.bits()) {
                writeLinear(linear, parts);
                return;
            }
        }
        bits.write((8 + order) << 1, 8);
        writeWarmUp(order);
        fixed.write(bits, residuals[0], order, held);
    }

    private void writeLinear(LinearPrediction linear, RiceParts parts) {
        int weights = linear.weights().length;
        bits.write((31 + weights) << 1, 8);
        writeWarmUp(weights);
        bits.write(LinearPrediction.PRECISION - 1, 4);
        bits.write(linear.shift(), 5);
        for (int weight : linear.weights()) {
            bits.write(weight, LinearPrediction.PRECISION);
        }
        parts.write(bits, residuals[1], weights, held);
    }

    private void writeWarmUp(int count) {
        for (int i = 0; i < count; i++) {
            bits.write(block[i], DEPTH);
        }
    }

    /** The order whose residual is smallest in sum; -1 where all samples are one. */
    private int fixedOrder() {
        long[] sums = new long[FIXED_ORDER_MAX + 1];
        long[] before = new long[FIXED_ORDER_MAX + 1];
        boolean isConstant = true;
        for (int i = 0; i < held; i++) {
            long difference = block[i];
            isConstant &= block[i] == block[0];
            for (int order = 0; order <= FIXED_ORDER_MAX; order++) {
                sums[order] += i < FIXED_ORDER_MAX ? 0 : Math.abs(difference);
                long next = difference - before[order];
                before[order] = difference;
                difference = next;
            }
        }
        int best = 0;
        for (int order = 1; order <= FIXED_ORDER_MAX && order < held; order++) {
            best = sums[order] < sums[best] ? order : best;
        }
        return isConstant ? -1 : best;
    }

    private void fixedResidual(int order) {
        int[] residual = residuals[0];
        System.arraycopy(block, 0, residual, 0, held);
        for (int round = 0; round < order; round++) {
            for (int i = held - 1; i > round; i--) {
                residual[i] -= residual[i - 1];
            }
        }
    }
}
