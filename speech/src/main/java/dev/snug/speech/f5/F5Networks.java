package dev.snug.speech.f5;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.EulerSampler;
import dev.snug.speech.network.EulerSampler.Branch;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The networks of an installed F5-TTS model ({@link F5Import}). Each stage maps the weights of its
 * own graph, runs, and lets go of them.
 *
 * <p>As in the official program, sound begins with the last frame of the reference, samples / 256:
 * one frame earlier than in exported graphs.
 */
public final class F5Networks implements Networks {
    private final Bundle bundle;
    private final F5Layout layout;
    private final SessionSettings settings;
    private final SessionSettings mapped;

    /**
     * The networks of {@code bundle}.
     *
     * @param speech the settings of its manifest
     * @param settings of the velocity's session; the others, which run once or twice, take only
     *     threads from it and leave their weights in the mapped file
     * @throws JsonException when the settings are not those of an F5-TTS model
     */
    public F5Networks(Bundle bundle, SpeechSettings speech, SessionSettings settings) {
        this.bundle = bundle;
        this.layout =
                F5Layout.parse(speech.layout(), "layout of model " + bundle.manifest().name());
        this.settings = settings;
        this.mapped = settings.once();
    }

    @Override
    public float[] mel(float[] reference) {
        return LogMel.of(reference);
    }

    @Override
    public Conditions conditions(float[] referenceMel, int[] ids, int frames) {
        int bands = layout.sizes().mel();
        if (referenceMel.length % bands != 0
                || referenceMel.length / bands >= Frames.checked(frames)) {
            throw new IllegalArgumentException(
                    "%d values are no spectrogram of fewer than %d frames"
                            .formatted(referenceMel.length, frames));
        }
        Rotation rotation = Rotation.of(frames);
        Tensor cosines = Direct.copy(rotation.cosines());
        Tensor sines = Direct.copy(rotation.sines());
        Tensor mel = Direct.padded(referenceMel, 1, frames, bands);
        Tensor nothing = Direct.padded(new float[0], 1, frames, bands);
        try (Session session = Session.open(F5Layout.graph(bundle, F5Layout.TEXT), mapped);
                Session.Lease lease = session.acquire()) {
            Map<String, Tensor> conditional = new HashMap<>();
            conditional.put(VelocityGraph.CONDITION, mel);
            conditional.put(VelocityGraph.TEXT, text(lease, ids, frames, false));
            conditional.put(VelocityGraph.COSINES, cosines);
            conditional.put(VelocityGraph.SINES, sines);
            Map<String, Tensor> unconditional = new HashMap<>(conditional);
            unconditional.put(VelocityGraph.CONDITION, nothing);
            unconditional.put(VelocityGraph.TEXT, text(lease, ids, frames, true));
            return new Conditions(frames, conditional, unconditional);
        }
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
        int bands = layout.sizes().mel();
        if (noise.length != conditions.frames() * bands) {
            throw new IllegalArgumentException(
                    "%d values of noise for %d frames of %d bands"
                            .formatted(noise.length, conditions.frames(), bands));
        }
        Map<String, Tensor> conditional = new HashMap<>(conditions.conditional());
        Map<String, Tensor> unconditional = new HashMap<>(conditions.unconditional());
        ByteBuffer memory = Direct.floats(noise.length);
        Tensor x = new Tensor(ElementType.FLOAT, Shape.of(1, conditions.frames(), bands), memory);
        conditional.put(VelocityGraph.STATE, x);
        unconditional.put(VelocityGraph.STATE, x);
        try (StepRows rows = StepRows.of(bundle, layout, mapped, sampling.schedule())) {
            rows.row(0); // Computed, if it must be, before the larger weights are there.
            return integrated(
                    new Branches(memory, conditional, unconditional, rows),
                    noise,
                    sampling,
                    listener);
        }
    }

    /** What a step reads: the memory of the state, and the inputs of both branches around it. */
    private record Branches(
            ByteBuffer state,
            Map<String, Tensor> conditional,
            Map<String, Tensor> unconditional,
            StepRows rows) {
        Map<String, Tensor> inputs(int step, float[] values, Branch branch) {
            state.asFloatBuffer().put(values);
            Map<String, Tensor> inputs = branch == Branch.CONDITIONAL ? conditional : unconditional;
            inputs.put(VelocityGraph.MODULATION, rows.row(step));
            return inputs;
        }
    }

    private float[] integrated(
            Branches branches, float[] noise, Sampling sampling, StepListener listener) {
        try (Session session = Session.open(F5Layout.graph(bundle, F5Layout.VELOCITY), settings);
                Session.Lease lease = session.acquire()) {
            return EulerSampler.sample(
                    noise,
                    sampling,
                    (step, state, branch) ->
                            Direct.only(
                                            lease.run(
                                                    branches.inputs(step, state, branch),
                                                    Set.of(VelocityGraph.VELOCITY)))
                                    .toFloats(),
                    listener);
        }
    }

    @Override
    public float[] sound(float[] mel, int referenceFrames) {
        int bands = LogMel.BANDS;
        int frames = mel.length / bands;
        if (referenceFrames < 1 || referenceFrames >= frames || mel.length % bands != 0) {
            throw new IllegalArgumentException(
                    "nothing follows %d frames of the reference in %d values"
                            .formatted(referenceFrames, mel.length));
        }
        int first = referenceFrames - 1;
        ByteBuffer memory = Direct.floats((frames - first) * bands);
        memory.asFloatBuffer().put(mel, first * bands, (frames - first) * bands);
        Tensor spoken = new Tensor(ElementType.FLOAT, Shape.of(1, frames - first, bands), memory);
        Tensor spectra;
        try (Session session = Session.open(F5Layout.graph(bundle, F5Layout.VOCODER), mapped);
                Session.Lease lease = session.acquire()) {
            spectra = Direct.only(lease.run(Map.of(Vocos.MEL, spoken), Set.of(Vocos.SPECTRA)));
        }
        return Vocos.samples(spectra);
    }
}
