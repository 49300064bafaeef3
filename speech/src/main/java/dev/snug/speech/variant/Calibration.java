package dev.snug.speech.variant;

import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.quantize.MatrixWeights;
import dev.snug.onnx.quantize.MatrixWeights.Group;
import dev.snug.onnx.quantize.Precision;
import dev.snug.onnx.quantize.WideLayers;
import dev.snug.onnx.quantize.WideLayers.Effect;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechListener;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.StageObserver;
import dev.snug.speech.VoiceSample;
import dev.snug.speech.f5.BundleGraphs;
import dev.snug.speech.network.Networks;
import dev.snug.speech.plan.UsualSpeech;
import dev.snug.speech.voice.SpeechModel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tries roundings of a model's matrices on sentences: all of them; where that moves the spectrogram
 * too far, each group alone; then with the worst groups left wide. Voice and noise are the same
 * each time, so that what differs is the rounding.
 */
public final class Calibration {
    /** Median of the sentences' distances that is let pass, in decibels ({@link MelDistance}). */
    public static final double TARGET_DECIBELS = 1;

    private static final String CANDIDATE = "candidate";
    private static final long SEED = 9527;

    private final SpeechModel base;
    private final Precision to;
    private final List<String> sentences;
    private final VoiceSample voice;
    private final BundleStore scratch;
    private final Consumer<String> steps;
    private final List<float[]> expected;
    private final Map<Set<String>, double[]> tried = new HashMap<>();

    /**
     * What came out.
     *
     * @param wide names of the groups of matrices that stay as they are
     * @param quality figures by their names in {@link dev.snug.runtime.bundle.Measured}
     */
    public record Result(Set<String> wide, Map<String, Double> quality) {
        public Result {
            wide = Set.copyOf(wide);
            quality = Map.copyOf(quality);
        }
    }

    private Calibration(
            SpeechModel base,
            Precision to,
            List<String> sentences,
            VoiceSample voice,
            Path folder,
            Consumer<String> steps)
            throws IOException {
        this.base = base;
        this.to = to;
        this.sentences = sentences;
        this.voice = voice;
        this.scratch = new BundleStore(folder);
        this.steps = steps;
        this.expected = spoken(base);
    }

    /**
     * The groups to keep wide, and what the sentences are worth then.
     *
     * @param sentences one at least
     * @param folder an empty one that takes models of the size of {@code base}, best on its disk
     * @param steps told what is being done, in words
     * @throws dev.snug.speech.text.TextException when a sentence cannot be spoken
     */
    public static Result run(
            SpeechModel base,
            Precision to,
            List<String> sentences,
            VoiceSample voice,
            Path folder,
            Consumer<String> steps)
            throws IOException {
        steps.accept("speaking %d sentences".formatted(sentences.size()));
        return new Calibration(base, to, sentences, voice, folder, steps).run();
    }

    private Result run() throws IOException {
        double[] all = distances(Set.of());
        if (median(all) <= TARGET_DECIBELS || to == Precision.FP16) {
            return result(Set.of(), all);
        }
        List<Group> groups = groups();
        List<Effect> effects = new ArrayList<>();
        for (Group group : groups) {
            steps.accept(
                    "trying %s, %d of %d"
                            .formatted(group.name(), effects.size() + 1, groups.size()));
            Set<String> others = names(groups);
            others.remove(group.name());
            double share = median(distances(others)) / TARGET_DECIBELS;
            effects.add(new Effect(group.name(), group.elements(), share));
        }
        Set<String> wide = WideLayers.choose(effects, this::meets);
        return result(wide, distances(wide));
    }

    private boolean meets(Set<String> wide) {
        steps.accept("trying with %d groups as they are".formatted(wide.size()));
        try {
            return median(distances(wide)) <= TARGET_DECIBELS;
        } catch (IOException e) {
            throw new BundleException("cannot try roundings: " + e.getMessage(), e);
        }
    }

    private List<Group> groups() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Path velocity = BundleGraphs.file(base.bundle(), BundleGraphs.VELOCITY);
            return MatrixWeights.groups(ModelReader.read(velocity, arena), to);
        }
    }

    private static Set<String> names(List<Group> groups) {
        return groups.stream().map(Group::name).collect(Collectors.toCollection(HashSet::new));
    }

    /** Of each sentence, with {@code wide} as they are and all else rounded. */
    private double[] distances(Set<String> wide) throws IOException {
        double[] known = tried.get(wide);
        if (known == null) {
            known = trial(wide);
            tried.put(Set.copyOf(wide), known);
        }
        return known;
    }

    private double[] trial(Set<String> wide) throws IOException {
        SpeechVariant variant = new SpeechVariant(base.bundle(), to, wide::contains, _ -> {});
        Bundle candidate = scratch.install(CANDIDATE, folder -> variant.write(folder, CANDIDATE));
        List<float[]> mels = spoken(new SpeechModel(candidate, base.settings(), base.voices()));
        double[] distances = new double[mels.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = MelDistance.decibels(expected.get(i), mels.get(i)).orElseThrow();
        }
        return distances;
    }

    /** The mel of each sentence, without the reference in front. */
    private List<float[]> spoken(SpeechModel model) throws IOException {
        List<float[]> mels = new ArrayList<>();
        try (Speaker speaker =
                Speaker.open(
                        model.bundle(),
                        model.settings(),
                        SessionSettings.MAPPED,
                        NetworksOpening.BY_FAMILY)) {
            for (String sentence : sentences) {
                SpeechPlan plan =
                        speaker.plan(
                                UsualSpeech.request(
                                        model, voice, sentence, 1, SamplingWish.DEFAULT, SEED));
                int silent = plan.reference().frames() * Networks.BANDS;
                List<float[]> parts = new ArrayList<>();
                StageObserver keeping =
                        new StageObserver() {
                            @Override
                            public void mel(int number, float[] mel) {
                                parts.add(Arrays.copyOfRange(mel, silent, mel.length));
                            }
                        };
                speaker.speak(plan, _ -> {}, SpeechListener.NONE, keeping);
                mels.add(joined(parts));
            }
        }
        return mels;
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static Result result(Set<String> wide, double[] distances) {
        double most = Arrays.stream(distances).max().orElse(0);
        return new Result(
                wide,
                Map.of(
                        "cases",
                        (double) distances.length,
                        "mel_distance_db_median",
                        median(distances),
                        "mel_distance_db_max",
                        most));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
