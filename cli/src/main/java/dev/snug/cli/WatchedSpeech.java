package dev.snug.cli;

import dev.snug.speech.SpeechListener;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.StageObserver;
import dev.snug.speech.text.Chunk;

import java.io.IOException;

/**
 * Tells a {@link Running} which stage speech has come to, and passes all on: voice (the recording's
 * mel), text, velocity with its step, vocoder, sound.
 */
final class WatchedSpeech implements SpeechListener, StageObserver {
    private final Running running;
    private final SpeechListener listener;
    private final StageObserver observer;
    private String ofChunk = "";

    WatchedSpeech(Running running, SpeechListener listener, StageObserver observer) {
        this.running = running;
        this.listener = listener;
        this.observer = observer;
        running.stage("voice");
    }

    @Override
    public void reference(SpeechPlan plan, float[] samples, float[] mel) throws IOException {
        observer.reference(plan, samples, mel);
    }

    @Override
    public void chunk(SpeechPlan plan, int number, Chunk piece) {
        int chunks = plan.script().chunks().size();
        ofChunk = chunks == 1 ? "" : " of chunk " + (number + 1) + "/" + chunks;
        running.stage("text" + ofChunk);
        listener.chunk(plan, number, piece);
    }

    @Override
    public void noise(int number, Chunk chunk, float[] noise) throws IOException {
        observer.noise(number, chunk, noise);
    }

    @Override
    public void step(int step, int steps) {
        running.stage("velocity " + (step + 1) + "/" + steps + ofChunk);
        listener.step(step, steps);
    }

    @Override
    public void mel(int number, float[] mel) throws IOException {
        running.stage("vocoder" + ofChunk);
        observer.mel(number, mel);
    }

    @Override
    public void wave(int number, float[] wave) throws IOException {
        running.stage("sound" + ofChunk);
        observer.wave(number, wave);
    }

    @Override
    public void firstAudio(double seconds) {
        listener.firstAudio(seconds);
    }

    @Override
    public boolean isCancelled() {
        return listener.isCancelled();
    }
}
