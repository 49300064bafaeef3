package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.plan.HeapShare;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pictures and the Java heap. The oracle of what fits is a Java machine of that heap: what the
 * limits let through is decoded, resampled and laid over there, and what they refuse is refused by
 * its header, before the damage behind it is seen.
 */
class PictureHeapTest {
    private static final long MIB = 1 << 20;
    private static final int SIDE = 300;
    private static final long RUN_BYTES = Resampler.bytes(SIDE, SIDE);
    private static final int WIDTH = 4000;

    @TempDir Path folder;

    @Test
    void whatTheHeapHasNoRoomForIsRefusedWithTheLimitThatWouldDo() throws IOException {
        Path file = photoOf(12_000_000, false);
        PictureLimits limits = PictureLimits.inHeap(24 * MIB, RUN_BYTES);

        assertThatThrownBy(() -> PictureDecoder.within(limits).decode(file))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("photo.png")
                .hasMessageContaining("4000 x 3000")
                .hasMessageContaining("room for 13.9 MiB")
                .hasMessageContaining("SNUG_HEAP_MAX=47m");
        long limit = limitSaid(limits, file) * MIB;
        long less = HeapShare.of(limit - MIB) - PictureLimits.SURVIVOR_BYTES;
        long enough = HeapShare.of(limit) - PictureLimits.SURVIVOR_BYTES;
        PictureDecoder.within(PictureLimits.inHeap(enough, RUN_BYTES)).need(file);
        assertThatThrownBy(
                        () ->
                                PictureDecoder.within(PictureLimits.inHeap(less, RUN_BYTES))
                                        .need(file))
                .isInstanceOf(PictureTooLargeException.class);
    }

    /** MiB of the remedy {@code --memory 174MiB}. */
    private static long limitSaid(PictureLimits limits, Path file) {
        try {
            PictureDecoder.within(limits).need(file);
            throw new AssertionError("not refused");
        } catch (PictureTooLargeException e) {
            Matcher said = Pattern.compile("--memory (\\d+)MiB").matcher(e.getMessage());
            assertThat(said.find()).as(e.getMessage()).isTrue();
            return Long.parseLong(said.group(1));
        }
    }

    @Test
    void theHeapNeverAllowsMoreThanTheOtherLimits() {
        PictureNeed large = PictureNeed.photo(80_000_000);
        PictureLimits ample = PictureLimits.inHeap(4096 * MIB, RUN_BYTES);

        assertThat(ample.memoryBytes()).isEqualTo(PictureLimits.MEMORY_BYTES);
        assertThatThrownBy(() -> ample.check(large))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("201,326,592");
        // The launcher's heap holds the largest picture that the limits allow.
        PictureLimits.inHeap(224 * MIB - PictureLimits.SURVIVOR_BYTES, RUN_BYTES)
                .check(PictureNeed.photo(PictureLimits.MEMORY_BYTES / 3 - 2 * WIDTH));
    }

    @Test
    void aHeapSmallerThanTheProgramItselfRefusesEverything() {
        PictureLimits none = PictureLimits.inHeap(ProcessAccounts.HEAP_OWN_BYTES, RUN_BYTES);

        assertThatThrownBy(() -> none.check(PictureNeed.photo(1)))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("room for 0 bytes");
    }

    @Test
    void atTheBoundaryAPictureIsDecodedInAJavaMachineOfThatHeap() throws Exception {
        for (int mib : new int[] {24, 48}) {
            long room =
                    mib * MIB
                            - PictureLimits.SURVIVOR_BYTES
                            - ProcessAccounts.HEAP_OWN_BYTES
                            - RUN_BYTES;
            Path largest = photo(rowsWithin(room), true);

            assertThat(answerOf(mib, largest)).isEqualTo("answered twice");
        }
    }

    @Test
    void beyondTheBoundaryItIsRefusedByItsHeader() throws Exception {
        long room = 24 * MIB - ProcessAccounts.HEAP_OWN_BYTES - RUN_BYTES;
        Path larger = photo(rowsWithin(room) + 1, false);

        assertThat(answerOf(24, larger)).startsWith("refused").contains("SNUG_HEAP_MAX=25m");
    }

    /** Rows of the tallest PNG of 4000 columns that takes no more. */
    private static int rowsWithin(long heapBytes) {
        int rows = 1;
        while (need(rows + 1).heapBytes() <= heapBytes) {
            rows++;
        }
        return rows;
    }

    private static PictureNeed need(long rows) {
        return new PictureNeed(WIDTH, rows, 3 * WIDTH * 2, 0);
    }

    private Path photoOf(long pixels, boolean isWhole) throws IOException {
        return photo((int) (pixels / WIDTH), isWhole);
    }

    /** A PNG, or only its first kilobytes, which say how large it is. */
    private Path photo(int rows, boolean isWhole) throws IOException {
        Path file = folder.resolve("photo.png");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                PngWriter png = new PngWriter(out, WIDTH, rows)) {
            byte[] row = new byte[3 * WIDTH];
            for (int y = 0; y < (isWhole ? rows : 1); y++) {
                row[y % row.length]++;
                png.writeRow(row);
            }
        }
        return file;
    }

    private String answerOf(int heapMib, Path file) throws Exception {
        Path log = folder.resolve("log");
        List<String> command =
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-Xmx" + heapMib + "m",
                        "-Xmn4m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Answering.class.getName(),
                        file.toString());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(log).strip();
    }

    /** What the child process runs: all that a picture meets, twice, but for the model. */
    static final class Answering {
        private Answering() {}

        public static void main(String[] arguments) throws IOException {
            PictureLimits limits =
                    PictureLimits.inHeap(Runtime.getRuntime().maxMemory(), RUN_BYTES);
            Path file = Path.of(arguments[0]);
            try {
                answer(limits, file);
                answer(limits, file);
                System.out.println("answered twice");
            } catch (PictureTooLargeException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }

        private static void answer(PictureLimits limits, Path file) throws IOException {
            Picture picture = PictureDecoder.within(limits).decode(file);
            Resampler.lanczos().resize(picture, SIDE, SIDE);
            new Overlay(picture, new float[] {0, 1}, 1, 2, ColorMap.VIRIDIS)
                    .writePng(OutputStream.nullOutputStream());
        }
    }
}
