package dev.snug.speech;

import dev.snug.speech.network.StepListener;

import java.io.IOException;
import java.util.concurrent.CancellationException;

/** The clock and the count of one run, between its sink and its listener. */
final class Progress implements StepListener {
    private static final double NANOS = 1e9;

    private final SoundSink sink;
    private final SpeechListener listener;
    private final long startedNanos = System.nanoTime();
    private long samples;
    private double firstAudioSeconds;

    Progress(SoundSink sink, SpeechListener listener) {
        this.sink = sink;
        this.listener = listener;
    }

    @Override
    public void beginning(int step, int steps) {
        requireWanted();
        listener.step(step, steps);
    }

    /** Goes on unless nobody wants the result any more. */
    void requireWanted() {
        if (listener.isCancelled() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("speaking was cancelled");
        }
    }

    void handOut(short[] ready) throws IOException {
        if (ready.length == 0) {
            return;
        }
        if (samples == 0) {
            firstAudioSeconds = seconds();
            listener.firstAudio(firstAudioSeconds);
        }
        samples += ready.length;
        sink.write(ready);
    }

    Spoken ended(SpeechPlan plan) {
        return new Spoken(
                samples,
                plan.script().chunks().size(),
                plan.sampling().schedule().steps(),
                firstAudioSeconds,
                seconds(),
                plan.script().unread());
    }

    private double seconds() {
        return (System.nanoTime() - startedNanos) / NANOS;
    }
}
