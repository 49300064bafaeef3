package dev.snug.cli;

import dev.snug.onnx.quantize.Precision;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.bundle.MeasuredModels;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.variant.SpeechVariant;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.compare.QualityTarget;
import dev.snug.vision.variant.ClassifierVariant;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    private static final Pattern PICTURE =
            Pattern.compile("\\.(png|jpe?g)$", Pattern.CASE_INSENSITIVE);

    /** Each is answered once for every layer. */
    private static final int PICTURES_MAX = 500;

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
            paramLabel = "FOLDER",
            description = {
                "Pictures of yours, PNG or JPEG, for a classifier: the layers that move answers and"
                        + " heat maps most stay in 16 bits until what the rest moves is small, and"
                        + " what is left of that is noted. Takes minutes."
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

    private Bundle made(BundleStore store, Bundle base, ProgressLine progress)
            throws IOException {
        return switch (base.manifest().kind()) {
            case SpeechSettings.KIND -> {
                if (calibrate != null) {
                    throw new UsageException(
                            "--calibrate is for classifiers; listen to what a voice loses: snug"
                                    + " compare");
                }
                yield SpeechVariant.make(store, base, to, _ -> false, progress::step);
            }
            case ClassifierImport.KIND -> classifier(store, base, progress);
            default ->
                    throw new UsageException(
                            "%s is of kind %s, which has no variants"
                                    .formatted(model, base.manifest().kind()));
        };
    }

    private Bundle classifier(BundleStore store, Bundle base, ProgressLine progress)
            throws IOException {
        List<Path> pictures = calibrate == null ? List.of() : pictures(calibrate);
        ClassifierVariant.Made made =
                ClassifierVariant.make(
                        store, base, to, pictures, QualityTarget.DEFAULT, progress::step);
        if (!made.wide().isEmpty()) {
            main.surroundings()
                    .err()
                    .printf("snug: %d layers stay in 16 bits%n", made.wide().size());
        }
        made.quality()
                .ifPresent(
                        quality ->
                                new MeasuredModels(main.surroundings().snugHome())
                                        .add(
                                                made.bundle(),
                                                Measured.NONE.withQuality(quality.figures())));
        return made.bundle();
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> pictures =
                    files.filter(file -> PICTURE.matcher(file.toString()).find())
                            .sorted()
                            .limit(PICTURES_MAX + 1L)
                            .toList();
            if (pictures.isEmpty() || pictures.size() > PICTURES_MAX) {
                throw new UsageException(
                        "--calibrate %s holds %s; 1 to %d PNG and JPEG files are taken"
                                .formatted(
                                        folder,
                                        pictures.isEmpty() ? "no picture" : "more pictures",
                                        PICTURES_MAX));
            }
            return pictures;
        } catch (NotDirectoryException | NoSuchFileException e) {
            throw new UsageException("--calibrate %s is no folder".formatted(folder));
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
                .out()
                .printf(
                        Locale.ROOT,
                        "%s  weights %.1f MiB, %.0f %% of %s's %.1f MiB%n",
                        variant.name(),
                        Mebibytes.of(after),
                        100.0 * after / Math.max(1, before),
                        base.name(),
                        Mebibytes.of(before));
    }

    private static long weightBytes(Manifest manifest) {
        return manifest.variants().stream()
                .mapToLong(Manifest.Variant::bytes)
                .findFirst()
                .orElse(0);
    }
}
