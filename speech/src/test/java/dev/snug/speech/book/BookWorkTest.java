package dev.snug.speech.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.SpeechState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Work that is ended anywhere and gone on with. The oracle is the work that nobody ended: whatever
 * is left of the files, what is recovered is a beginning of it.
 */
final class BookWorkTest {
    private static final Fingerprint WANTED = new Fingerprint(Map.of("voice", "a", "seed", "1"));
    private static final int CHUNKS = 6;

    @TempDir private Path folder;

    private Path target() {
        return folder.resolve("a.wav");
    }

    private BookWork open() throws IOException {
        return BookWork.open(target(), WANTED, 8, false);
    }

    /** Chunk {@code chunk} makes 100 samples final; every third ends, others hold back 5. */
    private static void speak(BookWork work, int chunk) throws IOException {
        short[] samples = new short[100];
        Arrays.fill(samples, (short) (chunk + 1));
        work.write(samples);
        work.chunkEnded(new SpeechState(chunk + 1, held(chunk)));
    }

    private static float[] held(int chunk) {
        float[] held = new float[chunk % 3 == 2 ? 0 : 5];
        Arrays.fill(held, chunk + 0.5f);
        return held;
    }

    private static List<Short> samples(BookWork work, int chunks) throws IOException {
        List<Short> all = new ArrayList<>();
        work.read(
                0,
                work.samples(chunks),
                samples -> {
                    for (short sample : samples) {
                        all.add(sample);
                    }
                });
        return all;
    }

    @Test
    void whatCountsIsABeginningWhereverTheJournalEnds() throws IOException {
        try (BookWork work = open()) {
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                speak(work, chunk);
            }
        }
        Path journal = BookWork.folderOf(target()).resolve("journal.jsonl");
        byte[] whole = Files.readAllBytes(journal);
        int header = new String(whole, java.nio.charset.StandardCharsets.UTF_8).indexOf('\n') + 1;
        Path sound = journal.resolveSibling("sound.pcm");
        byte[] pcm = Files.readAllBytes(sound);
        for (int bytes = whole.length; bytes >= header; bytes -= 7) {
            Files.write(journal, Arrays.copyOf(whole, bytes));
            Files.write(sound, pcm);
            try (BookWork work = open()) {
                int chunks = work.state().chunks();
                assertThat(samples(work, chunks)).hasSize(100 * chunks);
                // Only the last two chunks' held samples are still there: else the one that ended.
                assertThat(work.state().held())
                        .isEqualTo(chunks == 0 ? new float[0] : held(chunks - 1));
                assertThat(Files.size(sound)).isEqualTo(200L * chunks);
            }
        }
    }

    @Test
    void aChunkThatWasNotMarkedIsMadeAgain() throws IOException {
        try (BookWork work = open()) {
            speak(work, 0);
            speak(work, 1);
            work.write(new short[] {9, 9, 9});
        }
        try (BookWork work = open()) {
            assertThat(work.state().chunks()).isEqualTo(2);
            assertThat(work.state().held()).isEqualTo(held(1));
            speak(work, 2);
            assertThat(samples(work, 3)).hasSize(300).endsWith((short) 3).doesNotContain((short) 9);
        }
        assertThat(BookWork.chunkSeconds(target())).contains(8.0);
    }

    @Test
    void heldSamplesThatAreDamagedLeadBackToAChunkThatEnded() throws IOException {
        try (BookWork work = open()) {
            for (int chunk = 0; chunk < 5; chunk++) {
                speak(work, chunk);
            }
        }
        Files.write(BookWork.folderOf(target()).resolve("held-0"), new byte[20]);
        Files.write(BookWork.folderOf(target()).resolve("held-1"), new byte[20]);
        try (BookWork work = open()) {
            assertThat(work.state().chunks()).isEqualTo(3);
            assertThat(work.state().held()).isEmpty();
        }
    }

    @Test
    void anotherVoiceIsRefusedUnlessAllBeginsAnew() throws IOException {
        try (BookWork work = open()) {
            speak(work, 0);
        }
        Fingerprint other = new Fingerprint(Map.of("voice", "b", "seed", "1"));
        assertThatThrownBy(() -> BookWork.open(target(), other, 8, false))
                .isInstanceOf(BookWorkException.class)
                .hasMessageContaining("spoken with another voice;")
                .hasMessageContaining("--restart");
        try (BookWork work = BookWork.open(target(), other, 8, true)) {
            assertThat(work.state().chunks()).isZero();
        }
    }

    @Test
    void oneProcessAtATimeAndTheFolderGoesInTheEnd() throws IOException {
        BookWork work = open();
        assertThatThrownBy(this::open)
                .isInstanceOf(BookWorkException.class)
                .hasMessageContaining("another process speaks");
        work.delete();
        assertThat(BookWork.folderOf(target())).doesNotExist();
    }
}
