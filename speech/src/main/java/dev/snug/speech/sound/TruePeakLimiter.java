package dev.snug.speech.sound;

import java.util.Arrays;

/**
 * Keeps the true peak of int16 samples at -1 dBTP while they come, so that what a lossy format
 * makes of them is not cut off: the waveform between samples is looked at, and the gain falls
 * before a peak that is too high and rises again after it. Sound without such a peak comes out as
 * it went in, sample by sample.
 *
 * <p>Sources: ITU-R BS.1770-4 (2015), annex 2, for the true peak and the filter; AES TD1008 (2021)
 * for -1 dBTP before lossy codecs.
 */
final class TruePeakLimiter {
    /** Full scale 32,768: -1 dB of it. */
    static final double CEILING = 32_768 * Math.pow(10, -1 / 20.0);

    /** Filters of the standard for three of four times as many samples; the others mirrored. */
    private static final double[][] FILTERS = {
        {
            0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875,
            0.1373291015625, 0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125,
            0.014892578125, -0.00830078125
        },
        {
            -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625,
            0.465087890625, 0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625,
            0.0330810546875, -0.0189208984375
        }
    };

    private static final int TAPS = 12;

    /** Seconds over which the gain falls before a peak. */
    private static final double ATTACK_SECONDS = 0.005;

    /** Seconds after which the gain has risen by two thirds of the way. */
    private static final double RELEASE_SECONDS = 0.05;

    /** A gain from here on is one. */
    private static final double NEARLY_ONE = 0.9999;

    private final int attack;
    private final double release;

    /** The last samples, needed gains and chosen gains, in turn. */
    private final short[] samples;

    private final double[] needed;
    private final double[] gains;
    private long count;
    private long lowUntil = -1;
    private double gain = 1;

    /** For {@code rate} samples a second. */
    TruePeakLimiter(int rate) {
        this.attack = Math.max(1, (int) (ATTACK_SECONDS * rate));
        this.release = 1 - Math.exp(-1 / (RELEASE_SECONDS * rate));
        this.samples = new short[late() + 1];
        this.needed = new double[late() + 1];
        this.gains = new double[attack];
        Arrays.fill(needed, 1);
        Arrays.fill(gains, 1);
    }

    /** Samples that come out later than they went in. */
    private int late() {
        return attack + TAPS;
    }

    /** Takes samples, and gives those that are ready. */
    short[] next(short[] more) {
        short[] ready = new short[more.length];
        int made = 0;
        for (short sample : more) {
            short next = pass(sample);
            if (count > late()) {
                ready[made++] = next;
            }
        }
        return made == ready.length ? ready : Arrays.copyOf(ready, made);
    }

    /** Gives the samples that are left; nothing may follow. */
    short[] rest() {
        return next(new short[late()]);
    }

    /** Takes a sample, and gives the one that came {@link #late} before. */
    private short pass(short sample) {
        int size = samples.length;
        int place = (int) (count % size);
        samples[place] = sample;
        needed[place] = Math.min(1, CEILING / peak(place));
        if (needed[place] < 1) {
            lowUntil = count + late() + attack;
        }
        double lowest = count <= lowUntil ? lowest() : 1;
        gain = lowest < gain ? lowest : gain + (lowest - gain) * release;
        gain = lowest == 1 && gain > NEARLY_ONE ? 1 : gain;
        gains[(int) (count % attack)] = gain;
        count++;
        short late = samples[(place + 1) % size];
        return (short) Math.round(late * smooth());
    }

    private double lowest() {
        double lowest = 1;
        for (double each : needed) {
            lowest = Math.min(lowest, each);
        }
        return lowest;
    }

    /** The mean of the last gains: exactly one where all are. */
    private double smooth() {
        double sum = 0;
        for (double each : gains) {
            sum += each;
        }
        return sum / attack;
    }

    /** The highest point of the waveform around the last samples. */
    private double peak(int place) {
        int size = samples.length;
        double peak = 1;
        for (double[] filter : FILTERS) {
            double forward = 0;
            double backward = 0;
            for (int tap = 0; tap < TAPS; tap++) {
                double sample = samples[Math.floorMod(place - tap, size)];
                forward += filter[tap] * sample;
                backward += filter[TAPS - 1 - tap] * sample;
            }
            peak = Math.max(peak, Math.max(Math.abs(forward), Math.abs(backward)));
        }
        // The filters pass a sample only nearly as it is.
        return Math.max(peak, Math.abs((double) samples[Math.floorMod(place - TAPS / 2, size)]));
    }
}
