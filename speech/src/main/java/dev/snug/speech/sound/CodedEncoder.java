package dev.snug.speech.sound;

import dev.snug.speech.sound.coding.Coder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** A compressed sound file, with its peaks kept in place where the format is lossy. */
final class CodedEncoder implements SoundEncoder {
    private final Coder coder;
    private final @Nullable TruePeakLimiter limiter;
    private boolean isClosed;

    /**
     * Writes with {@code coder}.
     *
     * @param limiter what samples go through first; null to have them as they are
     */
    CodedEncoder(Coder coder, @Nullable TruePeakLimiter limiter) {
        this.coder = coder;
        this.limiter = limiter;
    }

    @Override
    public void write(short[] samples) throws IOException {
        short[] ready = limiter == null ? samples : limiter.next(samples);
        coder.write(ready, ready.length);
    }

    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (limiter != null) {
            short[] rest = limiter.rest();
            coder.write(rest, rest.length);
        }
        coder.end();
    }

    @Override
    public byte[] head() {
        return coder.head();
    }
}
