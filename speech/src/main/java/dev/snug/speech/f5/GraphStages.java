package dev.snug.speech.f5;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.EulerSampler;
import dev.snug.speech.network.EulerSampler.Branch;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StageSessions;
import dev.snug.speech.network.StepListener;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The stages of an installed model that Snug made of a checkpoint. Each maps the weights of its own
 * graph, runs, and lets go of them, unless they are {@link #keeping}.
 *
 * <p>As in the official program of F5-TTS, sound begins with the last frame of the reference,
 * samples / 256: one frame earlier than in exported graphs.
 */
public final class GraphStages implements AutoCloseable {
    private final Bundle bundle;
    private final StepTable table;
    private final SessionSettings settings;
    private final SessionSettings mapped;
    private final StageSessions sessions;

    /** What a velocity graph reads of a step beside its row of the table. */
    @FunctionalInterface
    public interface StepInputs {
        /** Nothing. */
        StepInputs NONE = _ -> Map.of();

        /** The inputs by name at {@code time}, 0 to 1. */
        Map<String, Tensor> at(float time);
    }

    /**
     * The stages of {@code bundle}.
     *
     * @param settings of the velocity's session; the others, which run once or twice, take only
     *     threads from it and leave their weights in the mapped file
     */
    public GraphStages(Bundle bundle, StepTable table, SessionSettings settings) {
        this(bundle, table, settings, StageSessions.swapped());
    }

    private GraphStages(
            Bundle bundle, StepTable table, SessionSettings settings, StageSessions sessions) {
        this.bundle = bundle;
        this.table = table;
        this.settings = settings;
        // What a stage that is kept frees, it takes again for the next chunk.
        this.mapped = settings.once().withArena(sessions.isKept() && settings.arena());
        this.sessions = sessions;
    }

    /** The same stages, which stay loaded from their first run until they are closed. */
    public GraphStages keeping() {
        return new GraphStages(bundle, table, settings, StageSessions.kept());
    }

    /** Lets go of the stages that are kept. */
    @Override
    public void close() {
        sessions.close();
    }

    /** What {@code runs} makes with the graph {@code role}, which is loaded meanwhile. */
    public <T> T with(String role, Function<Session.Lease, T> runs) {
        return with(role, mapped, runs);
    }

    private <T> T with(
            String role, SessionSettings sessionSettings, Function<Session.Lease, T> runs) {
        return sessions.with(BundleGraphs.file(bundle, role), sessionSettings, runs);
    }

    /**
     * The state at t = 1, from {@code noise}, which is left as it is.
     *
     * @param noise float32 [frames, bands]
     * @param more what the graph reads of a step beside its row
     * @throws IllegalArgumentException when the noise is not for {@code conditions}
     */
    public float[] sample(
            Conditions conditions,
            float[] noise,
            Sampling sampling,
            StepListener listener,
            StepInputs more) {
        int bands = LogMel.BANDS;
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
        try (StepRows rows = StepRows.of(bundle, table, mapped, sampling.schedule())) {
            rows.row(0); // Computed, if it must be, before the larger weights are there.
            Branches branches = new Branches(memory, conditional, unconditional, rows, more);
            return with(
                    BundleGraphs.VELOCITY,
                    settings,
                    lease ->
                            EulerSampler.sample(
                                    noise, sampling, branches.velocity(lease, sampling), listener));
        }
    }

    /** What a step reads: the memory of the state, and the inputs of both branches around it. */
    private record Branches(
            ByteBuffer state,
            Map<String, Tensor> conditional,
            Map<String, Tensor> unconditional,
            StepRows rows,
            StepInputs more) {
        EulerSampler.Velocity velocity(Session.Lease lease, Sampling sampling) {
            return (step, values, branch) -> {
                state.asFloatBuffer().put(values);
                Map<String, Tensor> inputs =
                        branch == Branch.CONDITIONAL ? conditional : unconditional;
                inputs.put(Transformer.MODULATION, rows.row(step));
                inputs.putAll(more.at(sampling.schedule().time(step)));
                return Direct.only(lease.run(inputs, Set.of(VelocityGraph.VELOCITY))).toFloats();
            };
        }
    }

    /**
     * The sound of what follows the reference.
     *
     * @param mel a whole spectrogram, of reference and chunk
     * @param referenceFrames frames of the reference in it
     * @throws IllegalArgumentException when nothing follows them
     */
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
        return Vocos.samples(
                with(
                        BundleGraphs.VOCODER,
                        lease ->
                                Direct.only(
                                        lease.run(
                                                Map.of(Vocos.MEL, spoken),
                                                Set.of(Vocos.SPECTRA)))));
    }
}
