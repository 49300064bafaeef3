package dev.snug.server.work;

import dev.snug.runtime.worker.Reply;
import dev.snug.speech.SoundSink;
import dev.snug.speech.SpeechListener;
import dev.snug.speech.SpeechState;
import dev.snug.speech.book.BookWork;
import dev.snug.speech.sound.SoundEncoder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Tells the front how a document's sound grows: each chunk that counts, and that there is life
 * within a chunk. Within the encoding of a long sound time is told as steps, too, because it is
 * bounded like they are.
 */
final class Telling implements SoundSink, SpeechListener {
    private static final long LIFE_NANOS = 1_000_000_000L;
    private static final long ENCODING_STEP_NANOS = 10 * LIFE_NANOS;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Reply reply;
    private @Nullable BookWork work;
    private int chunks;
    private long stepNanos = System.nanoTime();
    private long toldNanos = stepNanos;

    Telling(Reply reply) {
        this.reply = reply;
    }

    /**
     * Passes samples on to {@code into}.
     *
     * @param all chunks of the document
     */
    void begin(BookWork into, int all) {
        work = into;
        chunks = all;
    }

    /** Whether nothing is left to be spoken. */
    boolean isAllThere() {
        return work().state().chunks() == chunks;
    }

    private BookWork work() {
        if (work == null) {
            throw new IllegalStateException("nothing was begun");
        }
        return work;
    }

    @Override
    public void write(short[] samples) throws IOException {
        work().write(samples);
    }

    @Override
    public void chunkEnded(SpeechState state) throws IOException {
        work().chunkEnded(state);
        tellStep();
    }

    private void tellStep() throws IOException {
        long now = System.nanoTime();
        int done = work().state().chunks();
        reply.send(BookWire.step(done, chunks, (now - stepNanos) / NANOS_PER_MILLI));
        reply.stepEnded();
        stepNanos = System.nanoTime();
        toldNanos = stepNanos;
    }

    @Override
    public void step(int step, int steps) {
        try {
            tellLife();
        } catch (IOException e) {
            // The front is gone: the process ends with it.
            throw new UncheckedIOException(e);
        }
    }

    private void tellLife() throws IOException {
        long now = System.nanoTime();
        if (now - toldNanos >= LIFE_NANOS) {
            toldNanos = now;
            reply.send(BookWire.goesOn());
        }
    }

    @Override
    public boolean isCancelled() {
        return reply.cancelled();
    }

    /** The same encoder, which tells how it goes on. */
    SoundEncoder within(SoundEncoder encoder) {
        return new SoundEncoder() {
            @Override
            public void write(short[] samples) throws IOException {
                encoder.write(samples);
                if (System.nanoTime() - stepNanos >= ENCODING_STEP_NANOS) {
                    tellStep();
                } else {
                    tellLife();
                }
            }

            @Override
            public void close() throws IOException {
                encoder.close();
            }

            @Override
            public byte[] head() {
                return encoder.head();
            }
        };
    }
}
