package dev.snug.cli;

import dev.snug.cli.EngineOptions.Stages;
import dev.snug.cli.EngineOptions.Switch;
import dev.snug.cli.EngineOptions.Weights;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.plan.EngineWish;
import dev.snug.vision.picture.PictureLimits;
import dev.snug.vision.picture.PictureNeed;
import dev.snug.vision.plan.ClassifyWish;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings of a job that the user has decided; the planner picks the others. */
final class PlanOptions {
    private static final double MEGA = 1e6;

    @Option(
            names = "--chunk-seconds",
            paramLabel = "S",
            description = "Speech: most seconds spoken at once, recording included, 1 to 43.")
    @Nullable Double chunkSeconds;

    @Option(
            names = "--speech-seconds",
            paramLabel = "S",
            description = {
                "Speech: seconds that are to be spoken. Default: any length, in chunks as long as"
                        + " they may be."
            })
    @Nullable Double speechSeconds;

    @Option(names = "--steps", paramLabel = "N", description = "Speech: steps from noise to mel.")
    @Nullable Integer steps;

    @Option(names = "--weights", paramLabel = "HOW", description = "Speech: mapped or prepacked.")
    @Nullable Weights weights;

    @Option(names = "--arena", paramLabel = "on|off", description = "Speech: keep a step's memory.")
    @Nullable Switch arena;

    @Option(names = "--stages", paramLabel = "HOW", description = "Speech: swapped or kept.")
    @Nullable Stages stages;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of one operator.")
    @Nullable Integer threads;

    @Option(
            names = "--picture-size",
            paramLabel = "PIXELS",
            description = "Pictures: side of the model's input.")
    @Nullable Integer pictureSize;

    @Option(names = "--heat-map", paramLabel = "on|off", description = "Pictures: with a heat map.")
    @Nullable Switch heatMap;

    @Option(
            names = "--megapixels",
            paramLabel = "N",
            description = "Pictures: size of the pictures to be answered. Default: 12.")
    @Nullable Double megapixels;

    /** Checks that nothing of pictures was decided of a model that speaks. */
    void requireNoPictures(Manifest model) {
        require("--picture-size", pictureSize, model);
        require("--heat-map", heatMap, model);
        require("--megapixels", megapixels, model);
    }

    /** Checks that nothing of speech was decided of a model that looks at pictures. */
    void requireNoSpeech(Manifest model) {
        require("--chunk-seconds", chunkSeconds, model);
        require("--speech-seconds", speechSeconds, model);
        require("--steps", steps, model);
        require("--weights", weights, model);
        require("--arena", arena, model);
        require("--stages", stages, model);
    }

    private static void require(String option, @Nullable Object value, Manifest model) {
        if (value != null) {
            throw new UsageException(
                    "%s does not fit %s, a model of kind %s"
                            .formatted(option, model.name(), model.kind()));
        }
    }

    SamplingWish sampling() {
        return steps == null ? SamplingWish.DEFAULT : SamplingWish.DEFAULT.withSteps(steps);
    }

    EngineWish engine(int cores) {
        return new EngineWish(
                threads == null ? OptionalInt.empty() : OptionalInt.of(threads),
                Optional.ofNullable(weights).map(how -> how == Weights.MAPPED),
                Optional.ofNullable(arena).map(how -> how == Switch.ON),
                Optional.empty(),
                Optional.ofNullable(stages).map(how -> how == Stages.KEPT),
                SessionSettings.MAPPED,
                cores);
    }

    ClassifyWish pictures(int cores) {
        return new ClassifyWish(
                pictureSize == null ? OptionalInt.empty() : OptionalInt.of(pictureSize),
                Optional.ofNullable(heatMap).map(how -> how == Switch.ON),
                threads == null ? OptionalInt.empty() : OptionalInt.of(threads),
                cores,
                Optional.of(PictureNeed.photo(pixels())),
                1);
    }

    private long pixels() {
        if (megapixels == null) {
            return ClassifyWish.PHOTO_PIXELS;
        }
        // Written so that NaN fails too.
        if (!(megapixels > 0 && megapixels * MEGA <= PictureLimits.PIXELS)) {
            throw new UsageException(
                    "--megapixels %s is out of range 0 to %.0f"
                            .formatted(megapixels, PictureLimits.PIXELS / MEGA));
        }
        return (long) Math.ceil(megapixels * MEGA);
    }

    /** What was decided of speech, as {@code snug speak} takes it; with a blank in front. */
    String asSpeechOptions() {
        StringBuilder text = new StringBuilder();
        add(text, "--chunk-seconds", chunkSeconds);
        add(text, "--steps", steps);
        add(text, "--threads", threads);
        add(text, "--weights", weights);
        add(text, "--arena", arena);
        add(text, "--stages", stages);
        return text.toString().toLowerCase(Locale.ROOT);
    }

    private static void add(StringBuilder text, String option, @Nullable Object value) {
        if (value != null) {
            text.append(' ').append(option).append(' ').append(value);
        }
    }
}
