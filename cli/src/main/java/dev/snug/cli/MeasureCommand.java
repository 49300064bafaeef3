package dev.snug.cli;

import dev.snug.cli.knobs.KnobReport;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.bundle.MeasuredModels;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.measure.MemorySample;
import dev.snug.runtime.measure.plot.MemoryPlot;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/** Measures what a model takes in processes of its own, and writes it down. */
@Command(
        name = "measure",
        description = {
            "Run a model in fresh processes and measure memory and time, several runs of each"
                    + " configuration.",
            "The figures are kept with the model, for plans."
        },
        footer = {
            "",
            "Examples:",
            "  snug measure snug-vi",
            "  snug measure snug-vi --seconds 4,8,15 --threads 1,2",
            "  snug measure sklesion --plot memory.svg      memory over time, as a picture",
            "  snug measure snug-vi --json | jq '.configurations[].peak_rss_bytes.median'",
            "",
            "  snug measure snug-vi --knobs              what each setting of the guides does here",
            "  snug measure snug-vi --knobs --lang vi -o knobs.md --svg knobs.svg --csv knobs.csv"
        })
final class MeasureCommand implements Callable<Integer> {
    /** Most runs of one configuration, and most configurations: an afternoon of a large model. */
    static final int RUNS_MAX = 100;

    /** Runs of each where nobody says how many. */
    static final int RUNS = 3;

    @ParentCommand private Main main;

    @Parameters(
            paramLabel = "MODEL",
            arity = "1..*",
            description = "An installed model; with --knobs also several.")
    private List<String> models;

    @ArgGroup(validate = false, heading = "%nConfigurations:%n")
    private MeasureOptions options = new MeasureOptions();

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = {
                "Runs of each configuration, 1 to 100. Default: 3; with --knobs 1 where one takes"
                        + " longer than 5 s."
            })
    private @Nullable Integer runs;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Draw memory over time by stage, of the run that took most, as SVG.")
    private @Nullable Path plot;

    @ArgGroup(validate = false, heading = "%nKnob report:%n")
    private KnobOptions knobs = new KnobOptions();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (runs != null && (runs < 1 || runs > RUNS_MAX)) {
            throw new UsageException("--runs must be 1 to " + RUNS_MAX + ", not " + runs);
        }
        options.check();
        knobs.check();
        if (knobs.isAsked()) {
            return turnKnobs();
        }
        if (models.size() > 1) {
            throw new UsageException("one model at a time, or several with --knobs");
        }
        return measure(models.getFirst());
    }

    private int turnKnobs() throws IOException {
        options.checkKnobs();
        if (plot != null) {
            throw new UsageException("--plot draws one run over time; with --knobs use --svg");
        }
        KnobReport report = new KnobsRun(main.surroundings(), options, runs).measure(models);
        knobs.write(report, main.surroundings().out(), json);
        return ExitCode.OK;
    }

    private int measure(String model) throws IOException {
        Surroundings surroundings = main.surroundings();
        Bundle bundle = surroundings.store().open(model);
        List<MeasuredRuns> all = new ArrayList<>();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (ScratchFolder scratch = ScratchFolder.in(temporary);
                ProgressLine line = new ProgressLine(surroundings)) {
            FreshProcess process = FreshProcess.like(surroundings, scratch.path());
            for (MeasuredJob job : options.jobs(bundle.manifest(), scratch.path())) {
                line.step("measuring " + job.configuration());
                all.add(runs(process, job, line));
            }
        }
        Measured measured = Measured.NONE;
        for (MeasuredRuns each : all) {
            measured = measured.with(each.configuration(), each.figures());
        }
        new MeasuredModels(surroundings.snugHome()).add(bundle, measured);
        if (plot != null) {
            draw(model, plot, all);
        }
        MeasureReport report = new MeasureReport(model, all);
        if (json) {
            report.json(surroundings.out());
        } else {
            surroundings.show(report::text);
        }
        return ExitCode.OK;
    }

    private MeasuredRuns runs(FreshProcess process, MeasuredJob job, ProgressLine line)
            throws IOException {
        List<List<MemorySample>> samples = new ArrayList<>();
        int count = runs == null ? RUNS : runs;
        for (int run = 0; run < count; run++) {
            line.share(run / (double) count, "run " + (run + 1) + " of " + count);
            samples.add(process.run(job.arguments()));
        }
        return new MeasuredRuns(job.configuration(), job.unitStage(), job.units(), samples);
    }

    private static void draw(String model, Path file, List<MeasuredRuns> all) {
        MeasuredRuns highest =
                all.stream()
                        .max(Comparator.comparingLong(runs -> runs.peakBytes().most()))
                        .orElseThrow();
        String title = model + ": " + MeasureReport.words(highest.configuration());
        byte[] svg = MemoryPlot.svg(title, highest.highest()).getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, out -> out.write(svg));
    }
}
