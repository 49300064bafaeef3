package dev.snug.cli;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.Configuration;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Prefer;
import dev.snug.vision.OptimizedCopy;
import dev.snug.vision.picture.PictureNeed;
import dev.snug.vision.plan.ClassifyChoice;
import dev.snug.vision.plan.ClassifyWish;
import dev.snug.vision.plan.ClassifyWorkload;

import java.util.Locale;
import java.util.Optional;

/** A picture that somebody may want classified. */
record PictureJob(Bundle bundle, PlanOptions options) {
    private static final double MEGA = 1e6;

    /** What {@code snug measure} shows the model. */
    private static final long MEASURED_PIXELS = (long) MeasureOptions.WIDTH * MeasureOptions.HEIGHT;

    PlanReport plan(Measured measured, JobPlans.Room room, Prefer prefer) {
        Optional<Bundle> copy =
                room.placement().isElsewhere() ? Optional.empty() : OptimizedCopy.find(bundle);
        ClassifyWish wish = options.pictures(room.cores());
        CpuRate rate = rate(copy, measured);
        Plan<ClassifyChoice> plan =
                Planner.plan(
                        ClassifyWorkload.of(bundle, copy, wish, rate),
                        prefer,
                        room.limit().bytes());
        return new PlanReport(
                bundle.manifest().name(),
                String.format(
                        Locale.ROOT,
                        "a photo of %.1f megapixels",
                        options.megapixels == null
                                ? ClassifyWish.PHOTO_PIXELS / MEGA
                                : options.megapixels),
                room.limit(),
                plan,
                rate.isMeasured(),
                command(plan));
    }

    private String command(Plan<ClassifyChoice> plan) {
        long bytes = Math.max(plan.limitBytes(), plan.smallestBudgetBytes());
        ClassifyChoice choice = plan.settings();
        return "snug classify photo.jpg -m %s --memory %dMiB%s --picture-size %d"
                .formatted(
                        bundle.manifest().name(),
                        bytes >> 20,
                        choice.heatMap() ? " --explain" : "",
                        choice.side());
    }

    /** The rate of this machine, where the model was measured on it. */
    private CpuRate rate(Optional<Bundle> copy, Measured measured) {
        Optional<Configuration> known =
                measured.configurations().stream()
                        .filter(each -> each.whole("side", 0) > 0)
                        .reduce((_, last) -> last);
        if (known.isEmpty()) {
            return CpuRate.GUESS;
        }
        Configuration ran = known.get();
        ClassifyChoice choice =
                new ClassifyChoice(
                        (int) ran.whole("side", 0),
                        ran.job().equals("explain"),
                        (int) ran.whole("threads", 1));
        ClassifyWish wish =
                ClassifyWish.open(1)
                        .withPictures(PictureNeed.photo(MEASURED_PIXELS), MeasureOptions.PICTURES);
        return CpuRate.calibrated(
                guess -> ClassifyWorkload.of(bundle, copy, wish, guess).cost(choice).seconds(),
                measured.figures(ran).orElseThrow().cpuMicros());
    }
}
