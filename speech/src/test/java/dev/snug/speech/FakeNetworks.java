package dev.snug.speech;

import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Networks that compute something simple and exact, and remember what they were asked: the mel of a
 * reference is its frame number, a sample is half its noise, and sound is a hundredth of the first
 * band of each frame.
 */
public final class FakeNetworks implements Networks {
    private static final int HOP = 256;

    final List<String> calls = new ArrayList<>();
    final List<Schedule> schedules = new ArrayList<>();
    float[] heard = {};
    float[] lastMel = {};
    boolean isRemembering = true;

    /** What was asked, in order. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public float[] mel(float[] reference) {
        heard = reference;
        int frames = reference.length / HOP + 1;
        say("mel " + reference.length);
        float[] mel = new float[frames * BANDS];
        for (int frame = 0; frame < frames; frame++) {
            Arrays.fill(mel, frame * BANDS, (frame + 1) * BANDS, frame);
        }
        return mel;
    }

    @Override
    public Conditions conditions(float[] referenceMel, Tokens tokens, int frames) {
        say("conditions " + tokens.size() + " " + frames);
        return new Conditions(frames, Map.of(), Map.of());
    }

    @Override
    public Schedule schedule(Schedule.Kind kind, int steps) {
        return kind == Schedule.Kind.EPSS
                ? Schedule.epss(steps, Schedule.SWAY)
                : Schedule.uniform(steps, Schedule.SWAY);
    }

    @Override
    public int stepsDefault() {
        return 4;
    }

    @Override
    public float[] sample(
            Conditions conditions, float[] noise, Sampling sampling, StepListener listener) {
        schedules.add(sampling.schedule());
        int steps = sampling.schedule().steps();
        for (int step = 0; step < steps; step++) {
            listener.beginning(step, steps);
            say("step " + step);
        }
        float[] mel = new float[noise.length];
        for (int i = 0; i < mel.length; i++) {
            mel[i] = noise[i] / 2;
        }
        return mel;
    }

    @Override
    public float[] sound(float[] mel, int referenceFrames) {
        say("sound " + mel.length / BANDS + " " + referenceFrames);
        lastMel = mel;
        float[] wave = new float[(mel.length / BANDS - referenceFrames) * HOP];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = mel[(referenceFrames + i / HOP) * BANDS] / 100;
        }
        return wave;
    }

    private void say(String call) {
        if (isRemembering) {
            calls.add(call);
        }
    }
}
