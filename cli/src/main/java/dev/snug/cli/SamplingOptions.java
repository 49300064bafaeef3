package dev.snug.cli;

import dev.snug.speech.GivenNoise;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.npy.NpyArray;
import dev.snug.speech.npy.NpyFile;
import dev.snug.speech.npy.NpyType;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.voice.SpeechModel;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The options that say how noise becomes speech. */
final class SamplingOptions {
    /** VietVoice-TTS's own. */
    static final long SEED = 9527;

    /**
     * Of F5-TTS: nearly as clear as its 32 steps there (EPSS), and not measured of other models.
     */
    private static final SamplingWish PRUNED =
            new SamplingWish(
                    OptionalInt.of(7),
                    Optional.of(Schedule.Kind.EPSS),
                    Optional.empty(),
                    GuidanceSteps.ALL);

    private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = {
                "Steps from noise to speech, 1 to 1000; fewer are faster and coarser, and all are"
                        + " always finished. Default: the model's own (F5-TTS 32)."
            })
    private @Nullable Integer steps;

    @Option(
            names = "--schedule",
            paramLabel = "KIND",
            description = {
                "uniform: equal steps. epss: pruned ones for 5, 6, 7, 10, 12 and 16 steps, equal"
                        + " for any other number; default."
            })
    private Schedule.@Nullable Kind kind;

    @Option(
            names = "--cfg",
            paramLabel = "X",
            description =
                    "Guidance, 0 (none, half the work) to 20. Default: the model's own (F5-TTS 2).")
    private @Nullable Float guidance;

    @Option(
            names = "--skip-guidance",
            paramLabel = "STEPS",
            description = {
                "Steps without guidance, from 0, such as 20-31 or 0,8-15: each takes half the time."
            })
    private @Nullable String unguided;

    @Option(
            names = "--reuse-guidance",
            paramLabel = "STEPS",
            description = {
                "Steps, from 0, with the guidance of the last step that computed it, such as"
                        + " 1,3,5: each takes half the time. One must come before."
            })
    private @Nullable String reused;

    /** What was measured, in a word. */
    enum Quality {
        BEST,
        GOOD,
        DRAFT
    }

    @Option(
            names = "--quality",
            paramLabel = "WORD",
            description = {
                "Steps, schedule and guidance by what was measured of the model: best, the ones"
                    + " that were understood best; good, the model's own; draft, the fastest that"
                    + " lose at most 5 of 100 syllables. Of a model that was not measured, best is"
                    + " its own and draft 7 pruned steps. Default: good."
            })
    private @Nullable Quality quality;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Picks the noise, and the voice where several fit. Default: 9527.")
    private long seed = SEED;

    @Option(
            names = "--noise",
            paramLabel = "FILE",
            description = "Noise of the first chunk: .npy, float32 [frames, 100].")
    private @Nullable Path noise;

    long seed() {
        return seed;
    }

    /** What was said, checked as far as it can be without a model. */
    SamplingWish wish() {
        if (quality != null
                && Stream.of(steps, kind, guidance, unguided, reused).anyMatch(Objects::nonNull)) {
            throw new UsageException(
                    "--quality chooses steps, schedule and guidance; leave it out, or --steps,"
                            + " --schedule, --cfg, --skip-guidance and --reuse-guidance");
        }
        return new SamplingWish(
                steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
                Optional.ofNullable(kind),
                Optional.ofNullable(guidance),
                guidanceSteps(unguided, reused));
    }

    /** Whether settings are to be chosen that are not the model's own. */
    boolean isChosen() {
        return quality == Quality.BEST || quality == Quality.DRAFT;
    }

    /** The settings of {@code --quality} among those that were measured of a model. */
    SamplingWish chosen(Optional<SpeechQuality> measured) {
        if (quality == Quality.DRAFT) {
            return measured.map(SpeechQuality::draft).orElse(PRUNED);
        }
        return measured.map(SpeechQuality::best).orElse(SamplingWish.DEFAULT);
    }

    /**
     * The settings of {@code --quality} for {@code model}.
     *
     * @param err is told where nothing was measured of it; null for nobody
     */
    SamplingWish chosen(SpeechModel model, @Nullable PrintStream err) {
        Optional<SpeechQuality> known = SpeechQuality.of(model.bundle());
        SamplingWish chosen = chosen(known);
        if (known.isEmpty() && err != null) {
            err.printf(
                    "snug: --quality: not measured on %s; it takes %s%n",
                    model.name(),
                    chosen.steps().isPresent()
                            ? chosen.steps().getAsInt() + " pruned steps"
                            : "its own steps");
        }
        return chosen;
    }

    /** The steps of two lists such as 20-31 or 0,8-15; null for none. */
    static GuidanceSteps guidanceSteps(@Nullable String unguided, @Nullable String reused) {
        return new GuidanceSteps(
                steps("--skip-guidance", unguided), steps("--reuse-guidance", reused));
    }

    private static Set<Integer> steps(String option, @Nullable String list) {
        Set<Integer> steps = new TreeSet<>();
        if (list == null) {
            return steps;
        }
        for (String part : list.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                throw new UsageException(
                        "%s takes steps such as 20-31 or 0,8-15, not %s".formatted(option, list));
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (last < first) {
                throw new UsageException(
                        "%s %s ends before it begins; write the lower step first"
                                .formatted(option, part.strip()));
            }
            for (int step = first; step <= last; step++) {
                steps.add(step);
            }
        }
        return steps;
    }

    /** Whether noise was brought. */
    boolean hasNoise() {
        return noise != null;
    }

    /** The noise that was brought, or null. */
    @Nullable GivenNoise noise() throws IOException {
        if (noise == null) {
            return null;
        }
        NpyArray array = NpyFile.read(noise, Chunk.FRAMES_MAX * Networks.BANDS);
        boolean isMel = array.shape().size() == 2 && array.shape().getLast() == Networks.BANDS;
        if (array.type() != NpyType.FLOAT32 || !isMel) {
            throw new UsageException(
                    "--noise %s has the shape %s of %s; float32 [frames, %d] is needed"
                            .formatted(
                                    noise.getFileName(),
                                    array.shape(),
                                    array.type().toString().toLowerCase(Locale.ROOT),
                                    Networks.BANDS));
        }
        return new GivenNoise(array.floats());
    }
}
