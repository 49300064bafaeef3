package dev.snug.cli;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.bundle.MeasuredModels;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.session.Placement;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.vision.ClassifierImport;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Plans jobs of installed models, under limits that need not be this machine's; loads no weights.
 *
 * @param main whose surroundings and networks count
 * @param options what the user decided
 */
record JobPlans(Main main, PlanOptions options, Prefer prefer) {
    /**
     * How much and on how many cores.
     *
     * @param placement what computes; a device has no copy laid out for the processor
     */
    record Room(MemoryLimit limit, int cores, Placement placement) {
        /** Where the processor computes. */
        Room(MemoryLimit limit, int cores) {
            this(limit, cores, Placement.CPU);
        }
    }

    /**
     * The plan of the model's job.
     *
     * @throws UsageException when {@code options} do not fit the kind of model
     */
    PlanReport of(Bundle bundle, Room room) throws IOException {
        Measured measured =
                new MeasuredModels(main.surroundings().snugHome()).of(bundle.manifest());
        PlanReport planned = planned(bundle, measured, room);
        PlanReport report =
                room.placement().isElsewhere()
                        ? planned.withDevice(DevicePlan.of(room.placement()))
                        : planned;
        return ModelName.of(bundle.manifest().name()).isVariant()
                ? report.withQuality(VariantQuality.words(bundle.manifest(), measured))
                : report;
    }

    private PlanReport planned(Bundle bundle, Measured measured, Room room) throws IOException {
        return switch (bundle.manifest().kind()) {
            case SpeechSettings.KIND -> {
                options.requireNoPictures(bundle.manifest());
                yield new SpeechJob(bundle, main.networks(), options).plan(measured, room, prefer);
            }
            case ClassifierImport.KIND -> {
                options.requireNoSpeech(bundle.manifest());
                yield new PictureJob(bundle, options).plan(measured, room, prefer);
            }
            default ->
                    throw new UsageException(
                            "%s is of kind %s, which cannot be planned"
                                    .formatted(bundle.manifest().name(), bundle.manifest().kind()));
        };
    }

    /** How well it answers with these settings, in words. */
    static String quality(Bundle bundle, PlanReport report) {
        if (ModelName.of(bundle.manifest().name()).isVariant()) {
            return report.quality();
        }
        if (bundle.manifest().kind().equals(ClassifierImport.KIND)) {
            return "the model's own: the same probabilities and map under every limit";
        }
        Optional<SpeechQuality> known = SpeechQuality.of(bundle);
        int steps =
                report.plan().choices().stream()
                        .filter(choice -> choice.name().equals("steps"))
                        .mapToInt(choice -> Integer.parseInt(choice.value()))
                        .findFirst()
                        .orElse(0);
        return known.flatMap(quality -> quality.at(steps))
                .map(
                        variant ->
                                String.format(
                                        Locale.ROOT,
                                        "%.2f of all syllables are understood (%.2f to %.2f),"
                                                + " measured with %d steps",
                                        variant.share(),
                                        variant.low(),
                                        variant.high(),
                                        steps))
                .orElse("not measured with %d steps; memory changes no sample".formatted(steps));
    }
}
