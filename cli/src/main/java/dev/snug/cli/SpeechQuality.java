package dev.snug.cli;

import static java.util.Objects.requireNonNullElse;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.json.JsonLimits;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.schedule.Schedule;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How well a voice was understood with different settings, as the {@code quality.json} says that
 * comes with it; docs/VOICE.md has how that was measured.
 *
 * @param variants of one precision, the model's own settings first
 */
record SpeechQuality(List<Variant> variants) {
    /**
     * Whole syllables that a draft may lose, with its interval, of those that the own ones keep.
     */
    static final double DRAFT_LOSS = 0.05;

    /** The file that a voice which was measured brings with it. */
    private static final String FILE = "quality.json";

    private static final int VARIANTS_MAX = 1000;

    SpeechQuality {
        variants = List.copyOf(variants);
    }

    /**
     * Settings that were measured.
     *
     * @param schedule of the steps, such as {@code epss}
     * @param guidanceSteps which of them compute it
     * @param isWhole whether the voice's clip was whole
     * @param precision of the weights; empty for those that are stored
     * @param share of whole syllables that a listener who knows the text hears, 0 to 1
     * @param low of the 95 % interval
     * @param high of the 95 % interval
     * @param changeLow of the 95 % interval of what it loses or gains beside the own settings
     */
    record Variant(
            int steps,
            String schedule,
            double guidance,
            GuidanceSteps guidanceSteps,
            boolean isWhole,
            Optional<String> precision,
            double share,
            double low,
            double high,
            double changeLow) {
        private static Variant of(Object value) {
            if (!(value instanceof Map<?, ?> object)) {
                throw new JsonException(FILE + ": variants has something else than objects");
            }
            // Other keys are other measures, for docs/VOICE.md.
            Fields fields = new Fields(object, FILE + " variants");
            Fields syllable = new Fields(fields.tree("syllable"), FILE + " syllable");
            Fields change = new Fields(fields.tree("syllable_change"), FILE + " syllable_change");
            String skipped = fields.textOrNull("skip_guidance");
            String reused = textOrNone(fields, "reuse_guidance");
            return new Variant(
                    Math.toIntExact(fields.whole("steps")),
                    fields.text("schedule"),
                    fields.number("guidance"),
                    SamplingOptions.guidanceSteps(skipped, reused),
                    fields.text("reference").equals("whole"),
                    Optional.ofNullable(textOrNone(fields, "precision")),
                    syllable.number("value"),
                    syllable.number("low"),
                    syllable.number("high"),
                    change.number("low"));
        }

        /** Files that were made before there was such a key lack it. */
        private static @Nullable String textOrNone(Fields fields, String key) {
            return fields.has(key) ? fields.textOrNull(key) : null;
        }

        /** Runs of the velocity, which is what a setting costs. */
        private int evaluations() {
            return guidance > 0 ? guidanceSteps.runs(steps) : steps;
        }

        private boolean isNoMoreThanDraft() {
            return isWhole && changeLow >= -DRAFT_LOSS;
        }

        private SamplingWish wish() {
            return new SamplingWish(
                    OptionalInt.of(steps),
                    Optional.of(
                            new Fields(Map.of("kind", schedule), FILE)
                                    .choice("kind", Schedule.Kind.class)),
                    Optional.of((float) guidance),
                    guidanceSteps);
        }
    }

    /** What {@code bundle} says of its own precision; empty when that was never measured. */
    static Optional<SpeechQuality> of(Bundle bundle) {
        if (!bundle.manifest().files().containsKey(FILE)) {
            return Optional.empty();
        }
        Optional<String> precision = ModelName.of(bundle.manifest().name()).precision();
        try (InputStream in = Files.newInputStream(bundle.file(FILE))) {
            byte[] text = in.readNBytes(JsonLimits.MANIFEST.bytes() + 1);
            Fields fields = new Fields(Json.parseObject(text, FILE), FILE);
            List<Variant> variants =
                    requireNonNullElse(fields.values("variants", VARIANTS_MAX), List.of()).stream()
                            .<Variant>map(Variant::of)
                            .filter(each -> each.precision().equals(precision))
                            .toList();
            return variants.isEmpty() ? Optional.empty() : Optional.of(new SpeechQuality(variants));
        } catch (IOException e) {
            throw new BundleException(
                    "cannot read %s of model %s: %s"
                            .formatted(FILE, bundle.manifest().name(), e.getMessage()),
                    e);
        }
    }

    /**
     * What was measured with so many steps and otherwise as {@code snug speak} takes them: the
     * model's own number with the own settings, others with guidance on each step.
     */
    Optional<Variant> at(int steps) {
        Variant own = variants.getFirst();
        if (own.steps() == steps) {
            return Optional.of(own);
        }
        return variants.stream()
                .filter(
                        each ->
                                each.isWhole()
                                        && each.guidanceSteps().equals(GuidanceSteps.ALL)
                                        && each.steps() == steps
                                        && each.schedule().equals(own.schedule())
                                        && each.guidance() == own.guidance())
                .findFirst();
    }

    /** The settings that were understood best. */
    SamplingWish best() {
        return variants.stream()
                .filter(Variant::isWhole)
                .max(Comparator.comparingDouble(Variant::share))
                .orElseThrow()
                .wish();
    }

    /** Of the settings that surely lose no more than {@link #DRAFT_LOSS} the cheapest. */
    SamplingWish draft() {
        return variants.stream()
                .filter(Variant::isNoMoreThanDraft)
                .min(
                        Comparator.comparingInt(Variant::evaluations)
                                .thenComparingDouble(each -> -each.share()))
                .orElse(variants.getFirst())
                .wish();
    }
}
