package dev.snug.cli.knobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one model.
 *
 * @param knobs that were turned
 * @param runs of each job, in processes of their own; a job that was refused is not among them
 * @param refusals what the command said, by job
 * @param full the long run: all of the model's steps, or many pictures
 */
public record Findings(
        Knobs knobs, Map<Job, List<JobFigures>> runs, Map<Job, String> refusals, JobFigures full) {
    private static final double NOISE_BYTES_MIN = 3 << 20;
    private static final double NOISE_SHARE = 0.01;
    private static final double TIME_NOISE_MIN = 0.1;

    public Findings {
        runs = Map.copyOf(runs);
        refusals = Map.copyOf(refusals);
        if (runs.getOrDefault(knobs.job(), List.of()).isEmpty()) {
            throw new IllegalArgumentException("the default was not measured");
        }
    }

    /** Of the default job, at as many units as it was sampled with. */
    public JobFigures sampled() {
        return JobFigures.median(defaultRuns());
    }

    /** Every run of the default job. */
    public List<JobFigures> defaultRuns() {
        return runs.getOrDefault(knobs.job(), List.of());
    }

    /** What the sampled run says that the long one takes. */
    public JobFigures predicted() {
        return sampled().ofUnits(full.units());
    }

    /** How far the prediction of seconds was off, as a share of what was measured. */
    public double errorShare() {
        return predicted().whole().seconds() / full.whole().seconds() - 1;
    }

    /** Whether the long run peaked no higher than the sampled one. */
    boolean isFlat() {
        return full.peakBytes() - sampled().peakBytes() <= noise().bytes();
    }

    /** The rows of the report in their order. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Setting setting : knobs.settings()) {
            rows.add(row(setting));
        }
        return rows;
    }

    private Row row(Setting setting) {
        Optional<Row.Figures> figures =
                switch (setting.way()) {
                    case Way.Run run -> figures(run);
                    case Way.BeforeLoad _ ->
                            Optional.of(Row.Figures.beforeLoad(sampled().before()));
                    case Way.Told _ -> Optional.empty();
                };
        Optional<Row.Figures> beside =
                setting.against()
                        .flatMap(job -> figures(new Way.Run(job)))
                        .or(() -> figures(new Way.Run(knobs.job())));
        String refusal =
                setting.way() instanceof Way.Run run ? refusals.getOrDefault(run.job(), "") : "";
        return new Row(setting, figures, beside, refusal, noise());
    }

    /** For the model's own steps, or those that the setting names. */
    private Optional<Row.Figures> figures(Way.Run run) {
        List<JobFigures> measured = runs.getOrDefault(run.job(), List.of());
        if (measured.isEmpty()) {
            return Optional.empty();
        }
        JobFigures median = JobFigures.median(measured);
        JobFigures whole =
                knobs instanceof SpeechKnobs speech
                        ? median.ofUnits(run.steps().orElse(speech.steps()))
                        : median;
        return Optional.of(Row.Figures.of(knobs.same(whole, run.job())));
    }

    /** What the runs of the default differ by, or what any two runs may. */
    private Row.Noise noise() {
        double most = most(JobFigures::peakBytes);
        double spread = most - least(JobFigures::peakBytes);
        double seconds =
                most(run -> run.whole().seconds()) / least(run -> run.whole().seconds()) - 1;
        double cpuSeconds =
                most(run -> run.whole().cpuSeconds()) / least(run -> run.whole().cpuSeconds()) - 1;
        return new Row.Noise(
                Math.max(Math.max(NOISE_BYTES_MIN, NOISE_SHARE * most), spread),
                Math.max(TIME_NOISE_MIN, Math.max(seconds, cpuSeconds)));
    }

    private double most(ToDoubleFunction<JobFigures> figure) {
        return defaultRuns().stream().mapToDouble(figure).max().orElseThrow();
    }

    private double least(ToDoubleFunction<JobFigures> figure) {
        return defaultRuns().stream().mapToDouble(figure).min().orElseThrow();
    }
}
