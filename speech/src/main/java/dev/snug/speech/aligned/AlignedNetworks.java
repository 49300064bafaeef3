package dev.snug.speech.aligned;

import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.f5.BundleGraphs;
import dev.snug.speech.f5.Direct;
import dev.snug.speech.f5.Frames;
import dev.snug.speech.f5.GraphStages;
import dev.snug.speech.f5.LogMel;
import dev.snug.speech.f5.Rotation;
import dev.snug.speech.f5.Transformer;
import dev.snug.speech.f5.VelocityGraph;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Tokens;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The networks of an installed aligned model ({@link AlignedImport}), stage by stage as {@link
 * GraphStages} runs them; before them the durations of the tokens, and the alignment.
 */
public final class AlignedNetworks implements Networks {
    /**
     * Root mean square of what training heard, full scale 1: 0.085 on average, 0.07 to 0.095 by
     * voice, 0.055 to 0.15 by sentence (240 test sentences at a peak of 0.7).
     */
    public static final float LEVEL = 0.085f;

    private final AlignedLayout layout;
    private final GraphStages stages;

    /**
     * The networks of {@code bundle}.
     *
     * @param speech the settings of its manifest
     * @param settings as {@link GraphStages} takes them
     * @throws JsonException when the settings are not those of an aligned model
     */
    public AlignedNetworks(Bundle bundle, SpeechSettings speech, SessionSettings settings) {
        this.layout =
                AlignedLayout.parse(speech.layout(), "layout of model " + bundle.manifest().name());
        this.stages = new GraphStages(bundle, layout.table(), settings);
    }

    private AlignedNetworks(AlignedLayout layout, GraphStages stages) {
        this.layout = layout;
        this.stages = stages;
    }

    @Override
    public float[] mel(float[] reference) {
        return LogMel.of(reference);
    }

    /**
     * As the interface has it.
     *
     * @param tokens the reference's, a space, then the chunk's
     */
    @Override
    public Conditions conditions(float[] referenceMel, Tokens tokens, int frames) {
        int reference = referenceMel.length / LogMel.BANDS;
        long[] rows = rows(tokens.ids());
        Frames.checked(frames);
        double[] durations =
                Alignment.durations(logFrames(rows), tokens.referenceSize(), reference, frames);
        Alignment alignment = Alignment.of(durations, frames);

        Rotation rotation = Rotation.of(layout.sizes().patches(frames));
        Map<String, Tensor> conditional = new HashMap<>();
        conditional.put(Transformer.COSINES, Direct.copy(rotation.cosines()));
        conditional.put(Transformer.SINES, Direct.copy(rotation.sines()));
        Map<String, Tensor> unconditional = new HashMap<>(conditional);
        conditional.put(
                VelocityGraph.CONDITION, Direct.padded(referenceMel, 1, frames, LogMel.BANDS));
        unconditional.put(
                VelocityGraph.CONDITION, Direct.padded(new float[0], 1, frames, LogMel.BANDS));
        return stages.with(
                BundleGraphs.TEXT,
                lease -> {
                    conditional.putAll(
                            features(
                                    lease,
                                    Map.of(
                                            FeaturesGraph.TOKENS,
                                            alignment.rows(rows),
                                            FeaturesGraph.PLACES,
                                            alignment.placeTensor(),
                                            FeaturesGraph.STYLE,
                                            Style.of(referenceMel))));
                    unconditional.putAll(features(lease, FeaturesGraph.nothing(frames)));
                    return new Conditions(frames, conditional, unconditional);
                });
    }

    /** The rows of the token table; row 0 is nothing. */
    private long[] rows(int... ids) {
        long[] rows = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            int row = Math.addExact(ids[i], 1);
            if (row < 1 || row >= layout.sizes().tokens()) {
                throw new IllegalArgumentException(
                        "id %d is not in the vocabulary of %d"
                                .formatted(ids[i], layout.sizes().tokens() - 1));
            }
            rows[i] = row;
        }
        return rows;
    }

    private float[] logFrames(long... rows) {
        return stages.with(
                AlignedLayout.DURATIONS,
                lease ->
                        Direct.only(
                                        lease.run(
                                                Map.of(
                                                        DurationsGraph.TOKENS,
                                                        Tensor.longs(rows, 1, rows.length)),
                                                Set.of(DurationsGraph.LOG_FRAMES)))
                                .toFloats());
    }

    /** What the velocity graph reads of the text. */
    private static Map<String, Tensor> features(Session.Lease lease, Map<String, Tensor> inputs) {
        Map<String, Tensor> made = lease.run(inputs, FeaturesGraph.OUTPUTS);
        return Map.of(
                VelocityGraph.TEXT,
                Direct.copy(FeaturesGraph.of(made, FeaturesGraph.FEATURES)),
                PatchGraph.MEAN,
                Direct.copy(FeaturesGraph.of(made, FeaturesGraph.MEAN)),
                PatchGraph.VARIANCE,
                Direct.copy(FeaturesGraph.of(made, FeaturesGraph.VARIANCE)));
    }

    @Override
    public Schedule schedule(Schedule.Kind kind, int steps) {
        return Schedule.of(kind, steps);
    }

    @Override
    public int stepsDefault() {
        return layout.defaults().steps();
    }

    @Override
    public Schedule.Kind scheduleDefault() {
        return layout.defaults().schedule();
    }

    @Override
    public float guidanceDefault() {
        return layout.defaults().guidance();
    }

    @Override
    public GuidanceSteps guidanceStepsDefault() {
        return layout.defaults().guidanceSteps();
    }

    @Override
    public float[] sample(
            Conditions conditions, float[] noise, Sampling sampling, StepListener listener) {
        return stages.sample(
                conditions,
                noise,
                sampling,
                listener,
                time -> Map.of(PatchGraph.TIME, Tensor.floats(new float[] {time}, 1)));
    }

    @Override
    public float[] sound(float[] mel, int referenceFrames) {
        return stages.sound(mel, referenceFrames);
    }

    @Override
    public Networks keeping() {
        return new AlignedNetworks(layout, stages.keeping());
    }

    @Override
    public void close() {
        stages.close();
    }
}
