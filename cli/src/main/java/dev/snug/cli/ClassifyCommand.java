package dev.snug.cli;

import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.vision.Classifier;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.plan.ClassifyWish;
import dev.snug.vision.plan.PlannedPictures;
import dev.snug.vision.report.Report;
import dev.snug.vision.report.ReportLanguage;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/** Says what is on skin pictures, and with {@code --explain} where the model looked. */
@Command(
        name = "classify",
        description = {
            "Classify skin pictures (JPEG, PNG, WebP, GIF, BMP, TIFF; the first frame or page).",
            "A picture that does not fit the memory limit whole is decoded reduced, and the answer"
                    + " says so.",
            "Without an installed model the first run fetches one, after saying what it is."
        },
        footer = {
            "",
            "Examples:",
            "  snug classify mole.jpg",
            "  snug classify mole.jpg --explain                writes mole.heatmap.png",
            "  snug classify *.jpg --explain -o maps/          one heat map each, in maps/",
            "  snug classify mole.jpg -e --report mole.pdf     a page to print, map included",
            "  snug classify mole.jpg --sex female --age 41.5 --location trunk",
            "  snug classify mole.jpg --explain --class mel    why it might be a melanoma",
            "  snug classify *.jpg --json | jq .classes[0].id  one object a line",
            "",
            "Not a diagnosis: see a doctor about a spot that is new, changes, itches or bleeds."
        })
final class ClassifyCommand implements Callable<Integer> {
    @ParentCommand private Main main;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Pictures.")
    private List<Path> files;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description =
                    "The model; default: the only one, or the one chosen by `snug models use`.")
    private @Nullable String model;

    @Option(
            names = {"-e", "--explain"},
            description = "Write a heat map over each picture: where the model looked.")
    private boolean explain;

    @Option(
            names = "--class",
            paramLabel = "ID",
            description = "Explain this class instead of the likeliest one.")
    private @Nullable String explainedClass;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            description = "Heat map file, or a folder for them; default: here.")
    private @Nullable String output;

    @Option(
            names = "--report",
            paramLabel = "PATH",
            description =
                    "Write a page of PDF of each picture, to print: a file, or a folder for"
                            + " several. It is in the language of --lang.")
    private @Nullable String report;

    @Option(
            names = "--colormap",
            paramLabel = "NAME",
            defaultValue = "viridis",
            description = "Colours: viridis (even to the eye) or jet; default: ${DEFAULT-VALUE}.")
    private ColorMap colormap;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "5",
            description = "Show the N likeliest classes; default: ${DEFAULT-VALUE}.")
    private int top;

    @Mixin private PatientOptions patientOptions = new PatientOptions();

    @Option(
            names = "--picture-size",
            paramLabel = "PIXELS",
            description = "Side of the model's input, where the model was imported with several.")
    private @Nullable Integer pictureSize;

    @Option(names = "--json", description = "One JSON object a line for each picture.")
    private boolean json;

    @Option(
            names = {"-y", "--yes"},
            description = "Fetch a model without asking when none is installed.")
    private boolean yes;

    @Mixin private PictureCapOptions caps = new PictureCapOptions();

    @ArgGroup(validate = false, heading = "%nEngine:%n")
    private PictureEngineOptions engine = new PictureEngineOptions();

    @ArgGroup(validate = false, heading = "%nMemory:%n")
    private MemoryOptions memory = new MemoryOptions();

    @Mixin private MemoryLogOptions memoryLog = new MemoryLogOptions();

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new UsageException("--top must be 1 or more, not " + top);
        }
        Surroundings surroundings = main.surroundings();
        Patient patient = patientOptions.patient();
        HeatMapFiles heatMaps = new HeatMapFiles(output, files.size());
        Optional<PictureFiles> reports =
                Optional.ofNullable(report)
                        .map(to -> new PictureFiles("--report", ".report.pdf", to, files.size()));
        MemoryLimit limit = memory.limit(surroundings);
        BundleStore store = surroundings.store();
        String named = new ModelChoice(surroundings, store, yes).classifier(model);
        PlannedPictures planned = planned(store, named, limit);
        String name = planned.bundle().manifest().name();
        if (!json) {
            memory.tellVariant(surroundings.err(), named, name);
        }
        tellGivenUp(name, limit, planned);
        ProviderReport provider = new ProviderReport(planned.rest().placement());
        try (Running running =
                        memoryLog.begin(surroundings, "classify", name, limit.bytes(), null);
                MemoryBudget budget = MemoryBudget.open(limit, planned.rest().placement());
                Classifier classifier = planned.open(budget)) {
            Answers answers =
                    json
                            ? new JsonAnswers(surroundings.out(), name, provider)
                            : new TextAnswers(surroundings.lines(), surroundings.err(), name, top);
            classifier.check(patient);
            ClassifyRun work =
                    new ClassifyRun(
                            classifier,
                            planned.decoder(classifier, caps.caps()),
                            planned.besideBytes(classifier),
                            budget.accounts().of(StandardAccount.PICTURES),
                            patient,
                            Optional.ofNullable(explainedClass).map(classifier::classNumber),
                            colormap,
                            heatMaps,
                            reports.map(to -> reports(to, planned, classifier, patient)),
                            running);
            int exitCode = answerAll(work, answers);
            answers.close();
            if (!json) {
                provider.tell(surroundings.err());
            }
            return exitCode;
        }
    }

    private PlannedPictures planned(BundleStore store, String named, MemoryLimit limit)
            throws IOException {
        ClassifyWish wish = wish(store.open(named));
        try (ProgressLine progress = new ProgressLine(main.surroundings())) {
            return memory.precisions(store, named)
                    .first(
                            name ->
                                    PlannedPictures.of(
                                            store,
                                            name,
                                            wish,
                                            limit,
                                            memory.prefer(),
                                            progress::step));
        }
    }

    /** What was said, and what the headers of the pictures say. */
    private ClassifyWish wish(Bundle bundle) {
        OptionalInt side = pictureSize == null ? OptionalInt.empty() : OptionalInt.of(pictureSize);
        return new ClassifyWish(
                side,
                Optional.of(explains()),
                engine.threads(),
                Runtime.getRuntime().availableProcessors(),
                PlannedPictures.largest(bundle, side, files, caps.caps()),
                files.size(),
                engine.wish(main.surroundings()),
                report != null);
    }

    private void tellGivenUp(String name, MemoryLimit limit, PlannedPictures planned) {
        if (!planned.memory().giveUp().isEmpty() && !json) {
            PlanReport report =
                    new PlanReport(name, "these pictures", limit, planned.memory(), false, null);
            main.surroundings().err().println("snug: " + report.line());
        }
    }

    private boolean explains() {
        return explain || explainedClass != null || output != null;
    }

    private ReportFiles reports(
            PictureFiles to, PlannedPictures planned, Classifier classifier, Patient patient) {
        return new ReportFiles(
                to,
                Report.Model.of(planned.bundle()),
                switch (main.surroundings().language()) {
                    case EN -> ReportLanguage.EN;
                    case VI -> ReportLanguage.VI;
                },
                patient,
                colormap,
                explainedClass == null
                        ? null
                        : classifier.classes().get(classifier.classNumber(explainedClass)),
                InstantSource.system());
    }

    private int answerAll(ClassifyRun work, Answers answers) {
        List<Failure> failures = new ArrayList<>();
        for (Path file : files) {
            try {
                work.answer(file, answers);
            } catch (RuntimeException | IOException | OutOfMemoryError e) {
                // One bad picture must not take the others with it.
                Failure failure = Failure.of(e).withoutNameOf(file);
                failures.add(failure);
                answers.failed(file, failure);
            }
        }
        return Failure.exitCode(failures, files.size());
    }
}
