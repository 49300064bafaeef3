package dev.snug.cli;

import dev.snug.cli.compare.Comparison;
import dev.snug.cli.compare.ComparisonJson;
import dev.snug.cli.compare.ComparisonTable;
import dev.snug.cli.compare.KeptQuality;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.bundle.MeasuredModels;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.ClassifierSettings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Puts two models side by side on the user's own cases. */
@Command(
        name = "compare",
        description = {
            "Have two models answer the same pictures, or speak the same sentences, and show how"
                + " far apart the answers are and what each took, each in a process of its own.",
            "How a variant does beside the model it was made from is kept with it."
        },
        footer = {
            "",
            "Examples:",
            "  snug compare skin skin:int8 --on pictures/                 a folder of pictures",
            "  snug compare skin skin:int8 --on a.jpg b.jpg -o page.html  one page to look at",
            "  snug compare snug-vi snug-vi:dynamic-int8 --on sentences.txt -o heard/",
            "  snug compare skin skin:int8 --on pictures/ --json | jq .totals",
            "",
            "The page holds the pictures or the sound: it is as private as they are."
        })
final class CompareCommand implements Callable<Integer> {
    @ParentCommand private Main main;

    @Parameters(index = "0", paramLabel = "A", description = "An installed model.")
    private String nameA;

    @Parameters(
            index = "1",
            paramLabel = "B",
            description = "Another one of its kind, such as a variant of it: A:int8.")
    private String nameB;

    @Option(
            names = "--on",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = {
                "Pictures or folders of them, 1000 at most; for voices one UTF-8 file"
                        + " with a sentence a line, 200 at most."
            })
    private List<Path> on;

    @ArgGroup(validate = false, heading = "%nHow cases are answered:%n")
    private CompareOptions options = new CompareOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            description = {
                "A new folder for the page, figures, and pictures or sound; or where PATH ends in"
                        + " .html the page alone, which holds all of them."
            })
    private @Nullable Path output;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Surroundings surroundings = main.surroundings();
        BundleStore store = surroundings.store();
        if (nameA.equals(nameB)) {
            throw new UsageException("compare two models, not %s with itself".formatted(nameA));
        }
        Bundle a = opened(store, nameA);
        Bundle b = opened(store, nameB);
        requireComparable(a.manifest(), b.manifest());
        boolean speaks = a.manifest().kind().equals(SpeechSettings.KIND);
        CompareCases cases = speaks ? CompareCases.sentences(on) : CompareCases.pictures(on);
        ComparisonOutput target = ComparisonOutput.of(output, surroundings.language());
        try (ScratchFolder scratch = ScratchFolder.in(target.nearby());
                CleanEnd _ = CleanEnd.deleting(List.of(scratch))) {
            ComparedSides sides = answered(scratch.path(), cases, a, b, speaks);
            Comparison comparison = speaks ? sides.speech() : sides.pictures();
            KeptQuality kept =
                    KeptQuality.of(
                            a.manifest(),
                            b.manifest(),
                            !comparison.quality().isEmpty(),
                            RandomWeights.in(a.manifest()) || RandomWeights.in(b.manifest()));
            target.write(comparison, kept, sides, scratch.path());
            keep(comparison, kept, kept.variant() != null && kept.variant().equals(nameA) ? a : b);
            report(comparison, kept);
            return comparison.failed().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private ComparedSides answered(
            Path scratch, CompareCases cases, Bundle a, Bundle b, boolean speaks)
            throws IOException {
        FreshProcess process = FreshProcess.like(main.surroundings(), scratch);
        try (ProgressLine line = new ProgressLine(main.surroundings())) {
            CompareProgress progress = new CompareProgress(line, 2 * cases.cases().size());
            Path folderA = scratch.resolve("a");
            SideRun first =
                    SideRun.of(
                            process,
                            a.manifest(),
                            cases,
                            options.arguments(null),
                            folderA,
                            progress.of(nameA, folderA, 0));
            CompareCases same = speaks ? cases : cases.explaining(ComparedSides.topClasses(first));
            Path folderB = scratch.resolve("b");
            SideRun second =
                    SideRun.of(
                            process,
                            b.manifest(),
                            same,
                            options.arguments(speaks ? first.voice() : null),
                            folderB,
                            progress.of(nameB, folderB, cases.cases().size()));
            return new ComparedSides(cases, first, second);
        }
    }

    private void keep(Comparison comparison, KeptQuality kept, Bundle variant) {
        if (kept.variant() != null) {
            new MeasuredModels(main.surroundings().snugHome())
                    .add(variant, Measured.NONE.withQuality(comparison.quality()));
        }
    }

    private void report(Comparison comparison, KeptQuality kept) {
        if (json) {
            JsonLines.write(main.surroundings().out(), new ComparisonJson(comparison, kept)::write);
        } else {
            main.surroundings().show(new ComparisonTable(comparison, kept)::print);
            if (output != null) {
                main.surroundings().out().println(output);
            }
        }
    }

    /** The model {@code name}; of a variant that is missing the error says how it is made. */
    private static Bundle opened(BundleStore store, String name) {
        ModelName parts = ModelName.of(name);
        if (!store.contains(name) && parts.isVariant() && store.contains(parts.base())) {
            throw new BundleException(
                    "there is no model %s. Make it: snug quantize %s --to %s"
                            .formatted(name, parts.base(), parts.precision().orElseThrow()));
        }
        return store.open(name);
    }

    private static void requireComparable(Manifest a, Manifest b) {
        if (!a.kind().equals(b.kind())) {
            throw new UsageException(
                    "%s is of kind %s and %s of kind %s: their answers cannot be compared"
                            .formatted(a.name(), a.kind(), b.name(), b.kind()));
        }
        switch (a.kind()) {
            case SpeechSettings.KIND -> {}
            case ClassifierImport.KIND -> {
                if (!classes(a).equals(classes(b))) {
                    throw new UsageException(
                            "%s and %s tell different classes apart".formatted(a.name(), b.name()));
                }
            }
            default ->
                    throw new UsageException(
                            "%s is of kind %s, which cannot be compared"
                                    .formatted(a.name(), a.kind()));
        }
    }

    private static Set<String> classes(Manifest model) {
        return ClassifierSettings.parse(model.settings(), "the settings of " + model.name())
                .classes()
                .stream()
                .map(ClassLabel::id)
                .collect(Collectors.toSet());
    }
}
