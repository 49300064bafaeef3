package dev.snug.speech.sound.coding;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decodes FLAC of 1 to 8 channels and 4 to 32 bits. Blocks of metadata but the first are skipped;
 * every frame has to have its check sums. Memory: 8 bytes a sample of one block, at most 4 MiB.
 *
 * <p>Source: RFC 9639, "Free Lossless Audio Codec (FLAC)" (2024), sections 8 and 9.
 */
public final class FlacReader implements SampleStream {
    /** Bytes of the first block of metadata. */
    private static final int STREAMINFO_BYTES = 34;

    /** Blocks of metadata; a file has some five. */
    private static final int BLOCKS_MAX = 1_000;

    private static final int BLOCK_SAMPLES_MIN = 16;

    /** How channels 8 to 10 of a header are told apart: left and side, side and right, middle. */
    private static final int LEFT_SIDE = 8;

    private static final int SIDE_RIGHT = 9;
    private static final int MIDDLE_SIDE = 10;

    private final BitReader bits;
    private final int rate;
    private final int channels;
    private final int depth;
    private final int blockSamplesMax;
    private final long total;
    private final FlacSubframe subframe;
    private final long[][] block;
    private long read;

    /**
     * Begins behind the letters "fLaC".
     *
     * @param in from there on; buffered
     * @throws CodingException when the metadata is damaged
     */
    public FlacReader(InputStream in) throws IOException {
        this.bits = new BitReader(in);
        boolean isLast = bits.read(1) == 1;
        if (bits.read(7) != 0 || bits.read(24) != STREAMINFO_BYTES) {
            throw new CodingException("has no STREAMINFO, with which FLAC begins");
        }
        bits.read(16);
        this.blockSamplesMax = (int) bits.read(16);
        bits.read(24);
        bits.read(24);
        this.rate = (int) bits.read(20);
        this.channels = (int) bits.read(3) + 1;
        this.depth = (int) bits.read(5) + 1;
        this.total = bits.read(4) << 32 | bits.read(32);
        in.skipNBytes(16);
        if (blockSamplesMax < BLOCK_SAMPLES_MIN || depth < 4) {
            throw new CodingException("is damaged: its STREAMINFO is out of range");
        }
        skipMetadata(in, isLast);
        this.subframe = new FlacSubframe(bits);
        this.block = new long[channels][blockSamplesMax];
    }

    private void skipMetadata(InputStream in, boolean isNoneLeft) throws IOException {
        boolean isLast = isNoneLeft;
        for (int i = 0; !isLast; i++) {
            if (i == BLOCKS_MAX) {
                throw new CodingException("has more than " + BLOCKS_MAX + " blocks of metadata");
            }
            isLast = bits.read(1) == 1;
            bits.read(7);
            in.skipNBytes(bits.read(24));
        }
    }

    @Override
    public int rate() {
        return rate;
    }

    @Override
    public float[] next() throws IOException {
        if (total > 0 && read >= total) {
            return new float[0];
        }
        if (bits.isAtEnd()) {
            if (read < total) {
                throw new CodingException(
                        "is cut short: it promises %d samples and has %d".formatted(total, read));
            }
            return new float[0];
        }
        try {
            float[] samples = frame();
            read += samples.length;
            return samples;
        } catch (EOFException e) {
            throw new CodingException("is cut short inside a frame", e);
        }
    }

    private float[] frame() throws IOException {
        bits.beginChecks();
        if (bits.read(15) != 0x7ffc) {
            throw damaged("has no frame where one begins");
        }
        bits.read(1);
        int sizeCode = (int) bits.read(4);
        int rateCode = (int) bits.read(4);
        int layout = (int) bits.read(4);
        int depthCode = (int) bits.read(3);
        bits.read(1);
        skipNumber();
        int samples = blockSamples(sizeCode);
        skipRate(rateCode);
        int sum = bits.check8();
        if (bits.read(8) != sum) {
            throw damaged("has a frame whose header has another check sum");
        }
        int count = layout < LEFT_SIDE ? layout + 1 : 2;
        if (layout > MIDDLE_SIDE || count != channels || samples > blockSamplesMax) {
            throw damaged("has a frame unlike its STREAMINFO");
        }
        if (depthCode != 0 && depth(depthCode) != depth) {
            throw damaged("has a frame of another depth");
        }
        for (int channel = 0; channel < channels; channel++) {
            boolean isSide = channel == (layout == SIDE_RIGHT ? 0 : 1) && layout >= LEFT_SIDE;
            subframe.read(block[channel], samples, isSide ? depth + 1 : depth);
        }
        bits.align();
        int whole = bits.check16();
        if (bits.read(16) != whole) {
            throw damaged("has a frame with another check sum");
        }
        return mean(layout, samples);
    }

    /** The frame's or sample's number, coded as UTF-8 would, which nothing needs. */
    private void skipNumber() throws IOException {
        int first = (int) bits.read(8);
        int ones = Integer.numberOfLeadingZeros(~(first << 24));
        if (ones == 1 || ones > 7) {
            throw damaged("has a frame without a number");
        }
        for (int i = 1; i < ones; i++) {
            bits.read(8);
        }
    }

    private int blockSamples(int code) throws IOException {
        return switch (code) {
            case 0 -> throw damaged("has a frame of no size");
            case 1 -> 192;
            case 2, 3, 4, 5 -> 144 << code;
            case 6 -> (int) bits.read(8) + 1;
            case 7 -> (int) bits.read(16) + 1;
            default -> 1 << code;
        };
    }

    private void skipRate(int code) throws IOException {
        switch (code) {
            case 12 -> bits.read(8);
            case 13, 14 -> bits.read(16);
            case 15 -> throw damaged("has a frame of no rate");
            default -> {}
        }
    }

    private static int depth(int code) {
        return switch (code) {
            case 1 -> 8;
            case 2 -> 12;
            case 4 -> 16;
            case 5 -> 20;
            case 6 -> 24;
            case 7 -> 32;
            default -> 0;
        };
    }

    private float[] mean(int layout, int samples) {
        double full = channels * (double) (1L << (depth - 1));
        float[] mean = new float[samples];
        for (int i = 0; i < samples; i++) {
            long sum = 0;
            for (long[] channel : block) {
                sum += channel[i];
            }
            mean[i] = (float) (sum(layout, i, sum) / full);
        }
        return mean;
    }

    /** Of the channels, where they are stored as a difference. */
    private long sum(int layout, int i, long stored) {
        return switch (layout) {
            case LEFT_SIDE -> 2 * block[0][i] - block[1][i];
            case SIDE_RIGHT -> block[0][i] + 2 * block[1][i];
            // Of left plus right the lowest bit is that of the difference.
            case MIDDLE_SIDE -> 2 * block[0][i] | (block[1][i] & 1);
            default -> stored;
        };
    }

    private static CodingException damaged(String what) {
        return new CodingException("is damaged: it " + what);
    }
}
