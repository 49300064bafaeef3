package dev.snug.cli;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Listing;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Prefer;
import dev.snug.speech.bundle.SpeechSettings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Says which installed models run on a machine that one has or rents. */
@Command(
        name = "fit",
        description = {
            "Which of the installed models run on HOST, in how many seconds a sentence or picture,"
                    + " at what cost in quality, and with which command.",
            "HOST is a size (512MB) or a machine: render-free, koyeb-free, heroku-basic, fly-256,"
                    + " fly-512, vps-1g, pi-zero-2, pi3, pi4-1g, pi4-2g, pi4, pi5."
        },
        footer = {
            "",
            "Examples:",
            "  snug fit 512MB",
            "  snug fit pi4",
            "  snug fit render-free --json | jq '.models[] | select(.feasible) | .model'",
            "",
            "Seconds are CPU seconds of this machine; those of another one were not measured here."
        })
final class FitCommand implements Callable<Integer> {
    /** A sentence of twelve words. */
    private static final double SENTENCE_SECONDS = 4;

    @ParentCommand private Main main;

    @Parameters(paramLabel = "HOST", description = "A size or a machine.")
    private String host;

    @Option(
            names = "--prefer",
            paramLabel = "WHAT",
            description = "What is given up last: quality, speed or balanced (default).")
    private Prefer prefer = Prefer.BALANCED;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    /** A model with its plan. */
    private record Fit(PlanReport report, String unit, String quality) {}

    @Override
    public Integer call() throws IOException {
        HostProfile profile = HostProfile.parse(host, Runtime.getRuntime().availableProcessors());
        List<Fit> fits = fits(profile);
        if (json) {
            JsonLines.write(
                    main.surroundings().out(), generator -> write(generator, profile, fits));
        } else {
            main.surroundings().show(out -> print(out, profile, fits));
        }
        return ExitCode.OK;
    }

    private List<Fit> fits(HostProfile profile) throws IOException {
        PlanOptions sentence = new PlanOptions();
        sentence.speechSeconds = SENTENCE_SECONDS;
        JobPlans.Room room = new JobPlans.Room(profile.limit(), profile.cores());
        BundleStore store = main.surroundings().store();
        List<Fit> fits = new ArrayList<>();
        for (Listing listing : store.list()) {
            if (listing instanceof Listing.Whole) {
                Bundle bundle = store.open(listing.name());
                boolean speaks = bundle.manifest().kind().equals(SpeechSettings.KIND);
                PlanOptions options = speaks ? sentence : new PlanOptions();
                PlanReport report = new JobPlans(main, options, prefer).of(bundle, room);
                String unit = speaks ? "sentence of 4 s" : "picture";
                fits.add(new Fit(report, unit, JobPlans.quality(bundle, report)));
            }
        }
        return fits;
    }

    private static void print(PrintStream out, HostProfile profile, List<Fit> fits) {
        out.printf(
                Locale.ROOT,
                "%s: at most %.0f MiB (%s), %d %s%n",
                profile.title(),
                Mebibytes.of(profile.limit().bytes()),
                profile.limit().explanation(),
                profile.cores(),
                profile.cores() == 1 ? "core" : "cores");
        for (Fit fit : fits) {
            Plan<?> plan = fit.report().plan();
            out.printf(
                    Locale.ROOT,
                    "%n%s: %s%n",
                    fit.report().model(),
                    plan.isFeasible()
                            ? String.format(
                                    Locale.ROOT,
                                    "fits; peak %.0f MiB, %.0f would do; about %.1f CPU s a %s"
                                            + " (%s)",
                                    Mebibytes.of(plan.predictedPeakBytes()),
                                    Mebibytes.of(plan.smallestBudgetBytes()),
                                    plan.cost().seconds(),
                                    fit.unit(),
                                    fit.report().isTimed() ? "measured" : "a guess")
                            : String.format(
                                    Locale.ROOT,
                                    "does not fit; it needs %.0f MiB",
                                    Mebibytes.of(plan.smallestBudgetBytes())));
            if (!plan.giveUp().isEmpty()) {
                out.println("  given up: " + String.join(", ", plan.giveUp()));
            }
            if (plan.isFeasible()) {
                out.println("  quality:  " + fit.quality());
                out.println("  " + fit.report().command());
            }
        }
        if (fits.isEmpty()) {
            out.println("No model is installed.");
        }
    }

    private static void write(JsonGenerator out, HostProfile profile, List<Fit> fits) {
        out.writeStringProperty("host", profile.name());
        out.writeStringProperty("title", profile.title());
        out.writeNumberProperty("limit_bytes", profile.limit().bytes());
        out.writeNumberProperty("cores", profile.cores());
        out.writeArrayPropertyStart("models");
        for (Fit fit : fits) {
            out.writeStartObject();
            fit.report().write(out);
            out.writeStringProperty("unit", fit.unit());
            out.writeStringProperty("quality", fit.quality());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
