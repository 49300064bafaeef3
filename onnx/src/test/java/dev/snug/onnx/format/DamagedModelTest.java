package dev.snug.onnx.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.snug.onnx.OnnxException;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * Damaged files end in a model or in an {@link OnnxException}, soon and without much memory. The
 * oracle is that statement: any other exception fails the test. The damage is drawn from a fixed
 * seed.
 */
class DamagedModelTest {
    private static final int MUTATIONS = 2_000;
    private static final long SEED = 20261121;

    /** The file has 20 KB: a reader that believed a length in it would take far more than this. */
    private static final long ALLOCATED_BYTES_MAX = 4 << 20;

    private static final Duration TIME_MAX = Duration.ofSeconds(1);

    @Test
    void twoThousandDamagedFilesAreReadOrRefused() {
        byte[] whole = ModelWriter.toBytes(ModelRoundTripTest.model());
        Random random = new Random(SEED);
        int read = 0;
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            byte[] damaged = damage(whole, random);
            long allocatedBefore = allocated();
            long start = System.nanoTime();
            if (isRead(damaged)) {
                read++;
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("mutation %d", mutation)
                    .isLessThan(TIME_MAX);
            assertThat(allocated() - allocatedBefore)
                    .as("mutation %d", mutation)
                    .isLessThan(ALLOCATED_BYTES_MAX);
        }
        // Both ends occur: damage to weights goes unseen, damage to lengths does not.
        assertThat(read).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
    }

    private static boolean isRead(byte[] file) {
        try {
            ModelReader.parse(ByteBuffer.wrap(file), "damaged");
            return true;
        } catch (OnnxException e) {
            assertThat(e).hasMessageStartingWith("damaged: ");
            return false;
        }
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        // Most of the file is one weight: aim at the messages around it half of the time.
        int reach = random.nextBoolean() ? damaged.length : 600;
        int place = random.nextInt(reach);
        switch (random.nextInt(5)) {
            case 0 -> damaged[place] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[place] = (byte) random.nextInt(256);
            case 2 -> damaged = Arrays.copyOf(damaged, place);
            case 3 -> Arrays.fill(damaged, place, Math.min(place + 9, damaged.length), (byte) -1);
            default ->
                    System.arraycopy(
                            whole,
                            place,
                            damaged,
                            place / 2,
                            Math.min(random.nextInt(64), whole.length - place));
        }
        return damaged;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }
}
