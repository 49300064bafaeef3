package dev.snug.cli;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.speech.SoundSink;
import dev.snug.speech.Spoken;
import dev.snug.speech.sound.SoundEncoder;
import dev.snug.speech.sound.SoundWish;
import dev.snug.speech.text.Reference;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Where speech is written: a file that appears whole or not at all, or a stream. */
interface SoundOutput {
    /** Something that speaks into a sink. */
    @FunctionalInterface
    interface Speech {
        Spoken into(SoundSink sink) throws IOException;
    }

    /** Has {@code speech} speak to here. */
    Spoken write(Speech speech) throws IOException;

    /** The file; null for a stream. */
    @Nullable Path path();

    /** What it is called, for people. */
    default String name() {
        Path file = path();
        return file == null ? "standard output" : file.toString();
    }

    /** A WAV file at {@code path}; folders that are missing are made. */
    static SoundOutput file(Path path) {
        return file(path, SoundWish.WAV);
    }

    /** A sound file at {@code path}; folders that are missing are made. */
    static SoundOutput file(Path path, SoundWish wish) {
        return new SoundOutput() {
            @Override
            public Spoken write(Speech speech) {
                AtomicReference<@Nullable Written> written = new AtomicReference<>();
                WholeFile.write(
                        path,
                        out -> written.set(SoundOutput.write(speech, out, wish)),
                        () -> Objects.requireNonNull(written.get()).head());
                return Objects.requireNonNull(written.get()).spoken();
            }

            @Override
            public Path path() {
                return path;
            }
        };
    }

    /** A stream of open length. */
    static SoundOutput stream(PrintStream out, SoundWish wish) {
        return stream(speech -> write(speech, new Checked(out), wish).spoken());
    }

    /** Samples without a header, little-endian. */
    static SoundOutput raw(PrintStream out) {
        Checked checked = new Checked(out);
        return stream(
                speech ->
                        speech.into(
                                samples -> {
                                    ByteBuffer bytes =
                                            ByteBuffer.allocate(2 * samples.length)
                                                    .order(ByteOrder.LITTLE_ENDIAN);
                                    bytes.asShortBuffer().put(samples);
                                    checked.write(bytes.array(), 0, bytes.capacity());
                                    checked.flush();
                                }));
    }

    private static Written write(Speech speech, OutputStream out, SoundWish wish)
            throws IOException {
        SoundEncoder encoder = wish.encoder(out, Reference.SAMPLE_RATE);
        Spoken spoken;
        try (encoder) {
            spoken =
                    speech.into(
                            samples -> {
                                encoder.write(samples);
                                out.flush();
                            });
        }
        out.flush();
        return new Written(spoken, encoder.head());
    }

    /**
     * What was written.
     *
     * @param head the first bytes as they are to be
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Written(Spoken spoken, byte[] head) {}

    /** What a stream does with speech. */
    @FunctionalInterface
    interface Writing {
        Spoken write(Speech speech) throws IOException;
    }

    private static SoundOutput stream(Writing writing) {
        return new SoundOutput() {
            @Override
            public Spoken write(Speech speech) throws IOException {
                return writing.write(speech);
            }

            @Override
            public @Nullable Path path() {
                return null;
            }
        };
    }

    /** Standard output that says when nobody reads it any more, so that speaking ends. */
    final class Checked extends OutputStream {
        private final PrintStream out;

        Checked(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int oneByte) throws IOException {
            out.write(oneByte);
            check();
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            check();
        }

        @Override
        public void flush() throws IOException {
            out.flush();
            check();
        }

        private void check() throws IOException {
            if (out.checkError()) {
                throw new IOException("standard output is full or closed: speaking ends here");
            }
        }
    }
}
