package dev.snug.speech.book;

import dev.snug.runtime.bundle.FolderTree;
import dev.snug.speech.SoundSink;
import dev.snug.speech.SpeechState;
import dev.snug.speech.book.Journal.Mark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The folder beside a book's sound file in which what was spoken stays until all is: samples, and a
 * journal that says which of them are final.
 *
 * <p>A chunk counts once its line is in the journal, and the line is written when samples and what
 * is held back are on the disk. What is held back goes to two files in turn, so that the last one
 * stays whole until the next counts. Whenever the process ends, what counts is a beginning of what
 * it would have made.
 */
public final class BookWork implements SoundSink, AutoCloseable {
    private static final String ENDING = ".snug-part";
    private static final String JOURNAL = "journal.jsonl";
    private static final String SOUND = "sound.pcm";
    private static final String HELD = "held-";

    private final Path folder;
    private final JournalFile journal;
    private final PcmFile sound;
    private final Marks marks;
    private volatile SpeechState state = SpeechState.START;
    private long written;

    private BookWork(Path folder, JournalFile journal, PcmFile sound, Marks marks) {
        this.folder = folder;
        this.journal = journal;
        this.sound = sound;
        this.marks = marks;
    }

    /** The folder of {@code target}. */
    public static Path folderOf(Path target) {
        return target.toAbsolutePath().resolveSibling("." + target.getFileName() + ENDING);
    }

    /** The seconds of a chunk in the work that waits for {@code target}; empty where none does. */
    public static Optional<Double> chunkSeconds(Path target) throws IOException {
        Path journal = folderOf(target).resolve(JOURNAL);
        if (!Files.isRegularFile(journal)) {
            return Optional.empty();
        }
        return Optional.ofNullable(Journal.parse(JournalFile.firstLine(journal)))
                .map(Journal::chunkSeconds);
    }

    /**
     * Opens the work of {@code target}, or begins it.
     *
     * @param wanted what is to be spoken now
     * @param isRestarted whether what is there is thrown away
     * @throws BookWorkException when another process works on it, or it is of something else
     */
    public static BookWork open(
            Path target, Fingerprint wanted, double chunkSeconds, boolean isRestarted)
            throws IOException {
        Path folder = folderOf(target);
        Files.createDirectories(folder);
        JournalFile journal = new JournalFile(folder.resolve(JOURNAL), target);
        PcmFile sound = null;
        try {
            sound = new PcmFile(folder.resolve(SOUND));
            BookWork work = new BookWork(folder, journal, sound, new Marks());
            Journal found = isRestarted ? null : Journal.parse(journal.firstLine());
            if (found == null) {
                work.begin(new Journal(wanted, chunkSeconds));
            } else {
                List<String> others = wanted.differences(found.fingerprint());
                if (!others.isEmpty()) {
                    throw new BookWorkException(
                            "%s holds a part of this file that was spoken with another %s; give the same options to go on, or --restart to begin anew"
                                    .formatted(folder, String.join(", ", others)));
                }
                work.recover();
            }
            return work;
        } catch (IOException | RuntimeException e) {
            journal.close();
            if (sound != null) {
                sound.close();
            }
            throw e;
        }
    }

    private void begin(Journal first) throws IOException {
        sound.cut(0);
        journal.cut(0);
        journal.append(first.line());
    }

    /** Finds the last chunk that counts, and cuts off what lies behind it. */
    private void recover() throws IOException {
        List<Long> ends = new ArrayList<>();
        List<Mark> last = journal.read(marks, ends);
        int chunks = marks.count();
        Optional<float[]> held = Optional.of(new float[0]);
        while (chunks > 0) {
            boolean isWritten = marks.samples(chunks) <= sound.samples();
            held = isWritten ? heldBack(chunks, last) : Optional.empty();
            if (held.isPresent()) {
                break;
            }
            chunks--;
        }
        marks.cut(chunks);
        journal.cut(ends.get(chunks));
        written = marks.samples(chunks);
        sound.cut(written);
        state = new SpeechState(chunks, held.orElse(new float[0]));
    }

    /** What was held back behind so many chunks; empty where it is lost. */
    private Optional<float[]> heldBack(int chunks, List<Mark> last) throws IOException {
        if (marks.held(chunks) == 0) {
            return Optional.of(new float[0]);
        }
        for (Mark mark : last) {
            Path file = held(mark.chunk());
            if (mark.chunk() == chunks - 1
                    && Files.isRegularFile(file)
                    && Files.size(file) == (long) Float.BYTES * mark.held()) {
                byte[] bytes = Files.readAllBytes(file);
                if (crc(bytes) == mark.heldCrc()) {
                    float[] samples = new float[mark.held()];
                    ByteBuffer.wrap(bytes).asFloatBuffer().get(samples);
                    return Optional.of(samples);
                }
            }
        }
        return Optional.empty();
    }

    private Path held(int chunk) {
        return folder.resolve(HELD + chunk % 2);
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    /** Where speaking stands: chunks of the book, and what the last one held back. */
    public SpeechState state() {
        return state;
    }

    /** Samples that are final when {@code chunks} of the book are done. */
    public long samples(int chunks) {
        return marks.samples(chunks);
    }

    @Override
    public void write(short[] samples) throws IOException {
        sound.append(samples);
        written += samples.length;
    }

    @Override
    public void chunkEnded(SpeechState now) throws IOException {
        sound.force();
        int chunk = now.chunks() - 1;
        byte[] held = new byte[Float.BYTES * now.held().length];
        ByteBuffer.wrap(held).asFloatBuffer().put(now.held());
        if (held.length > 0) {
            try (FileChannel file =
                    FileChannel.open(
                            held(chunk),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                JournalFile.writeAll(file, held);
                file.force(false);
            }
        }
        journal.append(new Mark(chunk, written, now.held().length, crc(held)).line());
        marks.add(written, now.held().length);
        state = now;
    }

    /** Hands the samples from {@code from} to before {@code to} to {@code sink}, block by block. */
    public void read(long from, long to, SampleSink sink) throws IOException {
        sound.read(from, to, sink);
    }

    /** Where samples go. */
    @FunctionalInterface
    public interface SampleSink {
        void write(short[] samples) throws IOException;
    }

    /** Deletes the folder: the sound is where it belongs. */
    public void delete() throws IOException {
        close();
        FolderTree.delete(folder);
    }

    /** Lets go of the files, which stay. */
    @Override
    public void close() throws IOException {
        try (journal) {
            sound.close();
        }
    }

    /** The folder itself. */
    public Path folder() {
        return folder;
    }
}
