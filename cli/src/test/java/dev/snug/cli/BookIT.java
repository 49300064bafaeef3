package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Books as a user starts them, with a small archive of VietVoice-TTS. The oracle of a run that was
 * killed is the same run that nobody disturbed.
 */
final class BookIT {
    private static final Path ARCHIVE =
            Golden.ROOT.resolve("speech/src/test/resources/golden/vietvoice.tar");

    private static final String SENTENCE =
            "Trời hôm nay đẹp quá, chúng ta đi dạo nhé. Buổi chiều, gió thổi nhẹ qua hàng cây. ";

    private static final String SPEAK =
            "\"$SNUG\" speak -f book.txt --steps 2 --voice audiobook_male_05 --subtitles srt -o ";

    @TempDir private Path folder;

    private Shell shell;

    @BeforeEach
    void importArchive() throws Exception {
        shell = Shell.in(folder).with("ARCHIVE", ARCHIVE.toString());
        shell.run("\"$SNUG\" import \"$ARCHIVE\" --name vv").ended(0);
        StringBuilder book = new StringBuilder();
        for (int chapter = 1; chapter <= 5; chapter++) {
            book.append("Chương %d\n\n".formatted(chapter))
                    .append(SENTENCE.repeat(12))
                    .append("\n\n");
        }
        Files.writeString(folder.resolve("book.txt"), book);
    }

    @Test
    void aRunThatIsKilledTwiceGivesTheSameFiles() throws Exception {
        shell.run(SPEAK + "whole.wav").ended(0);
        killedAfter(3);
        assertThat(shell.run(SPEAK + "cut.wav --cross-fade 0.2").ended(2).err())
                .contains("was spoken with another rules and cross-fade", "--restart");
        killedAfter(12);

        Ran ran = shell.run(SPEAK + "cut.wav").ended(0);
        assertThat(ran.err()).contains("chunks are kept from before; going on");
        assertThat(folder.resolve("cut.wav")).hasSameBinaryContentAs(folder.resolve("whole.wav"));
        assertThat(folder.resolve("cut.srt")).hasSameBinaryContentAs(folder.resolve("whole.srt"));
        assertThat(folder.resolve(".cut.wav.snug-part")).doesNotExist();
    }

    /** Starts the run and kills it when so many chunks are kept. */
    private void killedAfter(int chunks) throws Exception {
        Process process =
                shell.start(
                        "exec " + SPEAK + "cut.wav",
                        folder.resolve("out.txt"),
                        folder.resolve("err.txt"));
        Path journal = folder.resolve(".cut.wav.snug-part/journal.jsonl");
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (lines(journal) <= chunks) {
            assertThat(process.isAlive()).as("still speaking").isTrue();
            assertThat(System.nanoTime()).isLessThan(deadlineNanos);
            Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();
        assertThat(folder.resolve("cut.wav")).doesNotExist();
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).lines().count() : 0;
    }
}
