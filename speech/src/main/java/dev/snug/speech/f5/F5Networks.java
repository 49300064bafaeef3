package dev.snug.speech.f5;

import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Tokens;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The networks of an installed F5-TTS model ({@link F5Import}), stage by stage as {@link
 * GraphStages} runs them.
 */
public final class F5Networks implements Networks {
    private final F5Layout layout;
    private final GraphStages stages;

    /**
     * The networks of {@code bundle}.
     *
     * @param speech the settings of its manifest
     * @param settings as {@link GraphStages} takes them
     * @throws JsonException when the settings are not those of an F5-TTS model
     */
    public F5Networks(Bundle bundle, SpeechSettings speech, SessionSettings settings) {
        this.layout =
                F5Layout.parse(speech.layout(), "layout of model " + bundle.manifest().name());
        this.stages = new GraphStages(bundle, layout.table(), settings);
    }

    private F5Networks(F5Layout layout, GraphStages stages) {
        this.layout = layout;
        this.stages = stages;
    }

    @Override
    public float[] mel(float[] reference) {
        return LogMel.of(reference);
    }

    @Override
    public Conditions conditions(float[] referenceMel, Tokens tokens, int frames) {
        int bands = layout.sizes().mel();
        if (referenceMel.length % bands != 0
                || referenceMel.length / bands >= Frames.checked(frames)) {
            throw new IllegalArgumentException(
                    "%d values are no spectrogram of fewer than %d frames"
                            .formatted(referenceMel.length, frames));
        }
        int[] ids = tokens.ids();
        Rotation rotation = Rotation.of(frames);
        Map<String, Tensor> conditional = new HashMap<>();
        conditional.put(VelocityGraph.CONDITION, Direct.padded(referenceMel, 1, frames, bands));
        conditional.put(Transformer.COSINES, Direct.copy(rotation.cosines()));
        conditional.put(Transformer.SINES, Direct.copy(rotation.sines()));
        Map<String, Tensor> unconditional = new HashMap<>(conditional);
        unconditional.put(VelocityGraph.CONDITION, Direct.padded(new float[0], 1, frames, bands));
        return stages.with(
                BundleGraphs.TEXT,
                lease -> {
                    conditional.put(VelocityGraph.TEXT, text(lease, ids, frames, false));
                    unconditional.put(VelocityGraph.TEXT, text(lease, ids, frames, true));
                    return new Conditions(frames, conditional, unconditional);
                });
    }

    private Tensor text(Session.Lease lease, int[] ids, int frames, boolean dropped) {
        return Direct.copy(
                Direct.only(
                        lease.run(
                                TextGraph.inputs(
                                        layout.sizes(), layout.version(), ids, frames, dropped),
                                Set.of(TextGraph.EMBEDDING))));
    }

    @Override
    public Schedule schedule(Schedule.Kind kind, int steps) {
        return Schedule.of(kind, steps);
    }

    @Override
    public int stepsDefault() {
        return Schedule.STEPS;
    }

    @Override
    public float[] sample(
            Conditions conditions, float[] noise, Sampling sampling, StepListener listener) {
        return stages.sample(conditions, noise, sampling, listener, GraphStages.StepInputs.NONE);
    }

    @Override
    public float[] sound(float[] mel, int referenceFrames) {
        return stages.sound(mel, referenceFrames);
    }

    @Override
    public Networks keeping() {
        return new F5Networks(layout, stages.keeping());
    }

    @Override
    public void close() {
        stages.close();
    }
}
