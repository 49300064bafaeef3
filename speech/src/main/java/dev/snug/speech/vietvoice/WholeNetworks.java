package dev.snug.speech.vietvoice;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionException;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.Tokens;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The networks of an archive whose graphs stayed as they are: see {@link ArchiveGraphs} for what
 * feeds what. Steps and guidance are baked; one run is a step of both branches.
 */
final class WholeNetworks implements Networks {
    private static final String STATE = "state";

    private final ArchiveLayout layout;
    private final Stage preprocess;
    private final Stage transformer;
    private final Stage decode;
    private final Feed feed = new Feed();

    WholeNetworks(Bundle bundle, ArchiveLayout layout, SessionSettings session) {
        this.layout = layout;
        preprocess = Stage.of(bundle, GraphFolder.PREPROCESS, session.once(), 3, 8);
        transformer = Stage.of(bundle, GraphFolder.TRANSFORMER, session, 8, 2);
        decode = Stage.of(bundle, GraphFolder.DECODE, session.once(), 2, 1);
    }

    /** The graph wants a text as well: one filler token. */
    @Override
    public float[] mel(float[] reference) {
        Tensor audio = ExportedSound.tensor(reference);
        int frames = reference.length / Reference.HOP_SAMPLES + 1;
        Tensor condition =
                preprocessed(audio, new int[1], frames, ArchiveGraphs.CONDITION).getFirst();
        return melOf(condition, frames);
    }

    private static float[] melOf(Tensor condition, int frames) {
        int width = Math.toIntExact(condition.shape().size(2));
        float[] values = condition.toFloats();
        float[] mel = new float[frames * BANDS];
        for (int frame = 0; frame < frames; frame++) {
            System.arraycopy(values, frame * width, mel, frame * BANDS, BANDS);
        }
        return mel;
    }

    /** The graph wants a sound as well: silence of the reference's length, its mel replaced. */
    @Override
    public Conditions conditions(float[] referenceMel, Tokens tokens, int frames) {
        int[] ids = tokens.ids();
        int reference = ArchiveNetworks.requireChunk(referenceMel, ids, frames);
        Tensor silence = ExportedSound.tensor(new float[(reference - 1) * Reference.HOP_SAMPLES]);
        List<Tensor> made = preprocessed(silence, ids, frames, 1, 2, 3, 4, 5, 6);
        Map<String, Tensor> inputs = new HashMap<>();
        for (int i = 0; i < made.size(); i++) {
            inputs.put(transformer.input(ArchiveGraphs.ROTARY + i), made.get(i));
        }
        Tensor condition = made.get(ArchiveGraphs.CONDITION - ArchiveGraphs.ROTARY);
        inputs.put(transformer.input(ArchiveGraphs.CONDITION), withMel(condition, referenceMel));
        return new Conditions(frames, inputs, Map.of());
    }

    private static Tensor withMel(Tensor condition, float[] mel) {
        int width = Math.toIntExact(condition.shape().size(2));
        ByteBuffer bytes = ByteBuffer.allocate(condition.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(condition.bytes()).flip();
        for (int at = 0; at < mel.length; at++) {
            int target = at / BANDS * width + at % BANDS;
            bytes.putFloat(target * Float.BYTES, mel[at]);
        }
        return new Tensor(ElementType.FLOAT, condition.shape(), bytes);
    }

    private List<Tensor> preprocessed(Tensor audio, int[] ids, int frames, int... outputs) {
        return preprocess.runOnce(
                List.of(
                        audio,
                        Stage.ints(ids, 1, ids.length),
                        Tensor.longs(new long[] {frames}, 1)),
                outputs);
    }

    @Override
    public Schedule schedule(Schedule.Kind kind, int steps) {
        if (steps != stepsDefault()) {
            throw new IllegalArgumentException(
                    "%d steps were asked for; the graphs of this model take %d and no others"
                            .formatted(steps, stepsDefault()));
        }
        return layout.grid().whole();
    }

    @Override
    public int stepsDefault() {
        return layout.grid().whole().steps();
    }

    @Override
    public float[] sample(
            Conditions conditions, float[] noise, Sampling sampling, StepListener listener) {
        ArchiveNetworks.requireNoise(conditions, noise);
        requireBaked(sampling);
        Map<String, Tensor> fixed = feed.copies("", conditions.conditional());
        Tensor state = feed.floats(STATE, 1, conditions.frames(), BANDS);
        feed.fill(STATE, noise);
        String denoised = transformer.output(0);
        String next = transformer.output(1);
        int steps = stepsDefault();
        try (Session session = transformer.open();
                Session.Lease lease = session.acquire()) {
            // A graph may take several steps in one run: it says where it is.
            for (int step = 0; step < steps; ) {
                listener.beginning(step, steps);
                Map<String, Tensor> inputs = new HashMap<>(fixed);
                inputs.put(transformer.input(0), state);
                inputs.put(transformer.input(ArchiveGraphs.STEP), CutGraphs.step(step));
                Map<String, Tensor> results = lease.run(inputs, Set.of(denoised, next));
                feed.fill(STATE, requireNonNull(results.get(denoised)).toFloats());
                int reached = requireNonNull(results.get(next)).bytes().getInt(0);
                if (reached <= step) {
                    throw new SessionException(
                            "%s stays at step %d".formatted(transformer.graph().file(), step));
                }
                step = reached;
            }
        }
        return state.toFloats();
    }

    private void requireBaked(Sampling sampling) {
        if (sampling.guidance() != layout.guidance()
                || !sampling.guidanceSteps().equals(GuidanceSteps.ALL)) {
            throw new IllegalArgumentException(
                    "the graphs of this model have a guidance of %s on every step and no other"
                            .formatted(layout.guidance()));
        }
        if (!Arrays.equals(sampling.schedule().times(), layout.grid().whole().times())) {
            throw new IllegalArgumentException(
                    "the graphs of this model take %d steps of their own and no others"
                            .formatted(stepsDefault()));
        }
    }

    @Override
    public float[] sound(float[] mel, int referenceFrames) {
        return ExportedSound.of(decode, feed, mel, referenceFrames);
    }
}
