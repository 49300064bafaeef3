package dev.snug.cli;

import dev.snug.onnx.quantize.Precision;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.bundle.MeasuredModels;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.plan.UsualSpeech;
import dev.snug.speech.variant.Calibration;
import dev.snug.speech.variant.SpeechVariant;
import dev.snug.speech.voice.SpeechModel;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.compare.QualityTarget;
import dev.snug.vision.variant.ClassifierVariant;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Makes a variant of a model whose weights take fewer bytes. */
@Command(
        name = "quantize",
        description = {
            "Store a model's weights in fewer bytes, as a variant beside it: NAME:PRECISION.",
            "The model itself stays as it is. The variant answers where it is named (-m NAME:int8),"
                    + " chosen (snug models use NAME:int8, and back: snug models use NAME), asked"
                    + " for (--precision int8), or where the model does not fit the memory limit."
        },
        footer = {
            "",
            "Precisions:",
            "  fp16          half the bytes, computed in float32; every kind of model",
            "  int8          a quarter; a scale for each block of a matrix or channel of a"
                    + " convolution, computed in float32",
            "  int4          an eighth; speech only; heard or not is yours to judge: snug compare",
            "  dynamic-int8  a quarter; speech only; products in whole numbers, the fastest",
            "",
            "Examples:",
            "  snug quantize snug-vi --to dynamic-int8",
            "  snug quantize skin --to int8 --calibrate pictures/",
            "  snug compare skin skin:int8 --on pictures/      what it costs, on your own cases",
            "  snug models --verbose                           what it cost, once compared"
        })
final class QuantizeCommand implements Callable<Integer> {
    @ParentCommand private Main main;

    @Parameters(paramLabel = "MODEL", description = "An installed model.")
    private String model;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "WORD",
            converter = PrecisionConverter.class,
            completionCandidates = PrecisionConverter.Words.class,
            description = "fp16, int8, int4 or dynamic-int8.")
    private Precision to;

    @Option(
            names = "--calibrate",
            paramLabel = "PATH",
            description = {
                "A folder of your pictures, or a text file with a sentence a line: what moves"
                        + " answers, heat maps or sound most stays as it is or in 16 bits until the"
                        + " rest moves little, and what is left of that is noted. A classifier's"
                        + " weights are also rounded by what its layers see. Takes minutes."
            })
    private @Nullable Path calibrate;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (to == Precision.FP32) {
            throw new UsageException(
                    "fp32 is what a model is imported as; back to it: snug models use " + model);
        }
        BundleStore store = main.surroundings().store();
        Bundle base = store.open(model);
        Bundle variant;
        try (ProgressLine progress = new ProgressLine(main.surroundings())) {
            variant = made(store, base, progress);
        }
        report(base.manifest(), variant.manifest());
        return ExitCode.OK;
    }

    private Bundle made(BundleStore store, Bundle base, ProgressLine progress) throws IOException {
        return switch (base.manifest().kind()) {
            case SpeechSettings.KIND -> voice(store, base, progress);
            case ClassifierImport.KIND -> classifier(store, base, progress);
            default ->
                    throw new UsageException(
                            "%s is of kind %s, which has no variants"
                                    .formatted(model, base.manifest().kind()));
        };
    }

    private Bundle voice(BundleStore store, Bundle base, ProgressLine progress) throws IOException {
        if (calibrate == null) {
            return SpeechVariant.make(store, base, to, _ -> false, progress::step);
        }
        Path home = main.surroundings().snugHome();
        SpeechModel speaking = SpeechModel.open(store, model, home);
        List<String> sentences = texts(CompareCases.sentences(List.of(calibrate)));
        Calibration.Result found;
        try (ScratchFolder scratch = ScratchFolder.in(home)) {
            found =
                    Calibration.run(
                            speaking,
                            to,
                            sentences,
                            UsualSpeech.sample(
                                    speaking.voices().chosen(Traits.NONE, SamplingOptions.SEED)),
                            scratch.path(),
                            progress::step);
        }
        tellWide(found.wide().size(), "groups of matrices stay as they are");
        Bundle made = SpeechVariant.make(store, base, to, found.wide()::contains, progress::step);
        note(made, found.quality());
        return made;
    }

    private Bundle classifier(BundleStore store, Bundle base, ProgressLine progress)
            throws IOException {
        List<Path> pictures =
                calibrate == null
                        ? List.of()
                        : texts(CompareCases.pictures(List.of(calibrate))).stream()
                                .map(Path::of)
                                .toList();
        ClassifierVariant.Made made =
                ClassifierVariant.make(
                        store, base, to, pictures, QualityTarget.DEFAULT, progress::step);
        tellWide(made.wide().size(), "layers stay in 16 bits");
        made.quality().ifPresent(quality -> note(made.bundle(), quality.figures()));
        return made.bundle();
    }

    private static List<String> texts(CompareCases cases) {
        return cases.cases().stream().map(CompareCases.Case::text).toList();
    }

    private void tellWide(int count, String what) {
        if (count > 0) {
            main.surroundings().err().printf("snug: %d %s%n", count, what);
        }
    }

    /** Weights that nobody trained have no quality to lose. */
    private void note(Bundle made, Map<String, Double> quality) {
        if (!RandomWeights.in(made.manifest())) {
            new MeasuredModels(main.surroundings().snugHome())
                    .add(made, Measured.NONE.withQuality(quality));
        }
    }

    private void report(Manifest base, Manifest variant) {
        long before = weightBytes(base);
        long after = weightBytes(variant);
        if (json) {
            JsonLines.write(
                    main.surroundings().out(),
                    out -> {
                        out.writeStringProperty("name", variant.name());
                        out.writeStringProperty("precision", to.word());
                        out.writeNumberProperty("bytes_before", before);
                        out.writeNumberProperty("bytes", after);
                    });
            return;
        }
        main.surroundings()
                .show(
                        out ->
                                out.printf(
                                        Locale.ROOT,
                                        "%s  weights %.1f MiB, %.0f %% of %s's %.1f MiB%n",
                                        variant.name(),
                                        Mebibytes.of(after),
                                        100.0 * after / Math.max(1, before),
                                        base.name(),
                                        Mebibytes.of(before)));
    }

    private static long weightBytes(Manifest manifest) {
        return manifest.variants().stream()
                .mapToLong(Manifest.Variant::bytes)
                .findFirst()
                .orElse(0);
    }
}
