package dev.snug.cli;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.speech.SoundSink;
import dev.snug.speech.Spoken;
import dev.snug.speech.sound.WavWriter;
import dev.snug.speech.text.Reference;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** Where speech is written: a WAV file that appears whole or not at all, or a stream. */
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
        return new SoundOutput() {
            @Override
            public Spoken write(Speech speech) {
                AtomicReference<@Nullable Spoken> spoken = new AtomicReference<>();
                WholeFile.write(
                        path,
                        out -> spoken.set(SoundOutput.write(speech, out)),
                        () ->
                                WavWriter.header(
                                        Reference.SAMPLE_RATE,
                                        OptionalLong.of(
                                                Objects.requireNonNull(spoken.get()).samples())));
                return Objects.requireNonNull(spoken.get());
            }

            @Override
            public Path path() {
                return path;
            }
        };
    }

    /** A WAV stream of open length. */
    static SoundOutput wav(PrintStream out) {
        return stream(speech -> write(speech, new Checked(out)));
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

    private static Spoken write(Speech speech, OutputStream out) throws IOException {
        try (WavWriter wav = new WavWriter(out, Reference.SAMPLE_RATE, OptionalLong.empty())) {
            return speech.into(
                    samples -> {
                        wav.write(samples);
                        out.flush();
                    });
        }
    }

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
