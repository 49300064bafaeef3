package dev.snug.cli.knobs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of the skin app's guide to low memory, each alone and all together.
 *
 * @param model what is measured
 * @param sides of its input that it was imported with, its own first
 * @param explains whether it makes heat maps
 */
public record PictureKnobs(
        Variants model, List<Integer> sides, boolean explains, boolean hasSharedMemory)
        implements Knobs {
    /** Sides of a picture that the guide offers. */
    public static final List<Integer> SIDES = List.of(300, 224);

    /** Pictures of the default run: the first one warms up, the others weigh more. */
    public static final int PICTURES = 5;

    /** Pictures of the long run. */
    public static final int MANY = 20;

    public PictureKnobs {
        sides = List.copyOf(sides);
    }

    @Override
    public Job job() {
        return Job.answering(model.name(), PICTURES);
    }

    @Override
    public List<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        all.add(Setting.standing(Knob.DEFAULT, "", job()));
        Stream.concat(SIDES.stream(), sides.stream())
                .distinct()
                .forEach(side -> all.add(pictureSize(side)));
        all.add(heatMap());
        all.add(Setting.standing(Knob.HEAT_MAP, "off", job()));
        all.add(Setting.of(Knob.LAZY_LOAD, "on", new Way.BeforeLoad(), Claim.LESS_MEMORY));
        all.add(
                Setting.of(
                        Knob.RECYCLING, "1", new Way.Run(job().ofPictures(1)), Claim.LESS_MEMORY));
        all.add(Setting.of(Knob.RECYCLING, "" + MANY, new Way.Run(job().ofPictures(MANY))));
        all.add(Setting.of(Knob.ARENA, "on", new Way.Run(job().with("--arena=on"))));
        all.add(
                Setting.of(
                        Knob.ARENA,
                        "off",
                        new Way.Run(job().with("--arena=off")),
                        Claim.LESS_MEMORY));
        for (int count : EngineKnobs.THREADS) {
            Way way = new Way.Run(job().with("--threads=" + count));
            all.add(
                    count == 1
                            ? Setting.standing(Knob.INTRA_OP_THREADS, "1", job())
                            : Setting.of(Knob.INTRA_OP_THREADS, "" + count, way));
        }
        all.addAll(EngineKnobs.afterThreads(job()));
        all.addAll(model.settings(job(), Claim.PICTURE_FP16));
        all.addAll(EngineKnobs.around(job(), hasSharedMemory));
        all.add(together());
        return all;
    }

    private Setting pictureSize(int side) {
        if (side == sides.getFirst()) {
            return Setting.standing(Knob.PICTURE_SIZE, "" + side, job());
        }
        Claim[] claims = side < sides.getFirst() ? new Claim[] {Claim.LESS_MEMORY} : new Claim[0];
        Way way =
                sides.contains(side)
                        ? new Way.Run(job().with("--picture-size=" + side))
                        : new Way.Told("reason_picture_size", List.of("" + side), true);
        return Setting.of(Knob.PICTURE_SIZE, "" + side, way, claims);
    }

    private Setting heatMap() {
        return explains
                ? Setting.of(
                        Knob.HEAT_MAP,
                        "on",
                        new Way.Run(job().with("--explain")),
                        Claim.HEAT_MAP_MEMORY)
                : Setting.told(Knob.HEAT_MAP, "on", "reason_heat_map", true);
    }

    private Setting together() {
        Job all = job().with("--arena=off").with("--threads=1").with("--inter-op-threads=1");
        int smallest = sides.stream().min(Integer::compare).orElseThrow();
        if (smallest < sides.getFirst()) {
            all = all.with("--picture-size=" + smallest);
        }
        Job stored = model.fp16().map(all::ofModel).orElse(all);
        return Setting.of(
                Knob.TOGETHER,
                "",
                new Way.Run(hasSharedMemory ? stored.inMemory() : stored),
                Claim.PICTURE_MEMORY);
    }

    @Override
    public JobFigures same(JobFigures figures, Job done) {
        return figures.times(PICTURES / (double) done.pictures());
    }
}
