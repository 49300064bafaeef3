package dev.snug.speech.text.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.CpuTime;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Time and memory for a megabyte of any shape. The oracles are the thread's processor time, and a
 * Java process whose heap is 32 MiB, laid out as the launcher does: it would end with an error if
 * the work took more.
 */
final class BoundsTest {
    /** Of one shape. */
    private static final int TRIES = 3;

    private static final int CHARACTERS = 1_000_000;

    /**
     * A core of its own needs at most 2 (decision 0014); one whose other half works needs up to
     * twice that. Time that grows faster than the text would be minutes.
     */
    private static final double SECONDS_MAX = 6;

    /** Shapes that have been slow or large in normalisers that use regular expressions. */
    static List<Supplier<String>> shapes() {
        return List.of(
                () -> random(256, 0),
                () -> random(95, 32),
                () -> "a".repeat(CHARACTERS),
                () -> "7".repeat(CHARACTERS),
                () -> "1 ".repeat(CHARACTERS / 2),
                () -> "1.".repeat(CHARACTERS / 2),
                () -> "1-".repeat(CHARACTERS / 2),
                () -> "1/".repeat(CHARACTERS / 2),
                () -> "a.".repeat(CHARACTERS / 2),
                () -> "a@".repeat(CHARACTERS / 2),
                () -> "((((".repeat(CHARACTERS / 4),
                () -> "a\u0301\u0301\u0301".repeat(CHARACTERS / 4),
                () -> "a" + "\u0301".repeat(CHARACTERS - 1),
                () -> "а".repeat(CHARACTERS),
                () -> "\n".repeat(CHARACTERS),
                () -> " ".repeat(CHARACTERS),
                () -> "#".repeat(CHARACTERS),
                () -> "1h30-".repeat(CHARACTERS / 5),
                () -> "thứ 2, ".repeat(CHARACTERS / 7));
    }

    private static String random(int range, int from) {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder(CHARACTERS);
        for (int i = 0; i < CHARACTERS; i++) {
            text.append((char) (from + random.nextInt(range)));
        }
        return text.toString();
    }

    /** What the process of the test runs. */
    public static void main(String[] arguments) {
        Normalizer normalizer = Normalizer.of(Profile.DEFAULT);
        for (Supplier<String> made : shapes()) {
            String shape = made.get();
            double seconds = Double.MAX_VALUE;
            int length = 0;
            // Again where it was slow: a shared machine takes time of its own.
            for (int i = 0; i < TRIES && seconds > SECONDS_MAX; i++) {
                ThreadMXBean clock = ManagementFactory.getThreadMXBean();
                long started = clock.getCurrentThreadCpuTime();
                length = normalizer.normalize(shape).spoken().length();
                seconds = Math.min(seconds, (clock.getCurrentThreadCpuTime() - started) / 1e9);
            }
            System.out.printf("%.3f s, %d characters%n", seconds, length);
            if (seconds > SECONDS_MAX) {
                throw new IllegalStateException(
                        seconds + " s for " + shape.substring(0, 8).replace('\n', ' '));
            }
        }
    }

    @Test
    void aMegabyteOfAnyShapeTakesSecondsAndThirtyTwoMebibytesAtMost() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                java,
                                "-Xmx32m",
                                "-Xmn4m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BoundsTest.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output.lines()).hasSameSizeAs(shapes());
    }

    @Test
    void timeGrowsWithTheLengthAlone() {
        Normalizer normalizer = Normalizer.of(Profile.DEFAULT);
        String paragraph =
                "Sáng 15/8, UBND TP.HCM cho biết giá xăng tăng 1.250 đồng/lít, lên 23.000 đồng."
                    + " Người dân đi lại nhiều hơn so với năm trước, nhất là vào giờ cao điểm buổi"
                    + " sáng. ";
        String text = paragraph.repeat(5_000);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            Duration took =
                    CpuTime.of(
                            () ->
                                    assertThat(normalizer.normalize(text).spoken())
                                            .endsWith("buổi sáng."));
            best = Math.min(best, took.toNanos() / 1e9);
        }

        assertThat(bytes / best / 1e6).as("MB/s").isGreaterThan(2);
    }
}
