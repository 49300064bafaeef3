package dev.snug.speech.vietvoice;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.EulerSampler;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Tokens;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The networks of an archive that was taken apart: see {@link CutGraphs} for what feeds what. */
final class CutNetworks implements Networks {
    static final int NOISE = 0;
    static final int CONDITION = 1;
    static final int COSINES = 2;
    static final int SINES = 3;
    private static final String STATE = "state";

    private final Bundle bundle;
    private final ArchiveLayout layout;
    private final Stage mel;
    private final Stage text;
    private final Stage velocity;
    private final Stage vocoder;
    private final Feed feed = new Feed();
    private @Nullable StepFile table;

    CutNetworks(Bundle bundle, ArchiveLayout layout, SessionSettings session) {
        this.bundle = bundle;
        this.layout = layout;
        mel = Stage.of(bundle, GraphFolder.MEL, session.once(), 1, 1);
        text = Stage.of(bundle, GraphFolder.TEXT, session.once(), 2, 2);
        int inputs = SINES + 1 + layout.columns().size();
        velocity = Stage.of(bundle, GraphFolder.VELOCITY, session, inputs, 1);
        vocoder = Stage.of(bundle, GraphFolder.VOCODER, session.once(), 2, 1);
    }

    @Override
    public float[] mel(float[] reference) {
        return mel.runOnce(List.of(ExportedSound.tensor(reference)), 0).getFirst().toFloats();
    }

    @Override
    public Conditions conditions(float[] referenceMel, Tokens tokens, int frames) {
        int[] ids = tokens.ids();
        ArchiveNetworks.requireChunk(referenceMel, ids, frames);
        List<Tensor> texts =
                text.runOnce(
                        List.of(
                                Stage.ints(ids, 1, ids.length),
                                Tensor.longs(new long[] {frames}, 1)),
                        0,
                        1);
        HalfRotation rotation = HalfRotation.of(frames);
        return new Conditions(
                frames,
                branch(joined(referenceMel, texts.get(0), frames), rotation),
                branch(joined(new float[0], texts.get(1), frames), rotation));
    }

    private Map<String, Tensor> branch(Tensor condition, HalfRotation rotation) {
        return Map.of(
                velocity.input(CONDITION),
                condition,
                velocity.input(COSINES),
                rotation.cosines(),
                velocity.input(SINES),
                rotation.sines());
    }

    /** Mel, zeros where it has ended, and text side by side: [1, frames, bands + text width]. */
    private static Tensor joined(float[] mel, Tensor text, int frames) {
        float[] words = text.toFloats();
        int width = words.length / frames;
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(frames * (BANDS + width), Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int frame = 0; frame < frames; frame++) {
            for (int band = 0; band < BANDS; band++) {
                int at = frame * BANDS + band;
                bytes.putFloat(at < mel.length ? mel[at] : 0);
            }
            for (int channel = 0; channel < width; channel++) {
                bytes.putFloat(words[frame * width + channel]);
            }
        }
        return new Tensor(
                ElementType.FLOAT, Shape.of(1, frames, BANDS + (long) width), bytes.flip());
    }

    @Override
    public Schedule schedule(Schedule.Kind kind, int steps) {
        return layout.grid().nearest(kind, steps);
    }

    @Override
    public int stepsDefault() {
        return layout.grid().whole().steps();
    }

    @Override
    public float[] sample(
            Conditions conditions, float[] noise, Sampling sampling, StepListener listener) {
        ArchiveNetworks.requireNoise(conditions, noise);
        int[] rows = layout.grid().rows(sampling.schedule());
        StepFile table = table();
        Map<String, Tensor> conditional = feed.copies("with ", conditions.conditional());
        Map<String, Tensor> unconditional = feed.copies("without ", conditions.unconditional());
        Tensor state = feed.floats(STATE, 1, conditions.frames(), BANDS);
        String output = velocity.output(0);
        try (Session session = velocity.open();
                Session.Lease lease = session.acquire()) {
            return EulerSampler.sample(
                    noise,
                    sampling,
                    (step, values, branch) -> {
                        feed.fill(STATE, values);
                        Map<String, Tensor> inputs = new HashMap<>(table.row(rows[step]));
                        inputs.putAll(
                                switch (branch) {
                                    case CONDITIONAL -> conditional;
                                    case UNCONDITIONAL -> unconditional;
                                });
                        inputs.put(velocity.input(NOISE), state);
                        Map<String, Tensor> results = lease.run(inputs, Set.of(output));
                        return requireNonNull(results.get(output)).toFloats();
                    },
                    listener);
        }
    }

    /** Mapped once for all chunks. */
    private StepFile table() {
        if (table == null) {
            table =
                    StepFile.open(
                            bundle.file(StepFile.NAME),
                            layout.columns(),
                            layout.grid().whole().steps());
        }
        return table;
    }

    @Override
    public float[] sound(float[] mel, int referenceFrames) {
        return ExportedSound.of(vocoder, feed, mel, referenceFrames);
    }
}
