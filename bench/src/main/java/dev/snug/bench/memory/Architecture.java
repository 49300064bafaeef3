package dev.snug.bench.memory;

import dev.snug.onnx.quantize.Precision;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.FolderTree;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.runtime.bundle.Progress;
import dev.snug.speech.f5.F5Import;
import dev.snug.speech.synth.Size;
import dev.snug.speech.synth.SyntheticArchive;
import dev.snug.speech.synth.SyntheticCheckpoint;
import dev.snug.speech.variant.SpeechVariant;
import dev.snug.speech.vietvoice.ArchiveImport;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.ClassifierSettings;
import dev.snug.vision.compare.QualityTarget;
import dev.snug.vision.synth.SyntheticClassifier;
import dev.snug.vision.variant.ClassifierVariant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The models whose memory is measured: random weights, real graphs, small enough that sixty runs
 * take minutes.
 *
 * <p>Those that are held out differ from the others in depth, width and number of heads, and no
 * constant of the memory model was chosen with a look at them.
 */
enum Architecture {
    F5_256("f5-256x4", Kind.F5, new Size(256, 4, 4, 2, 128, 2, 300, 128, 384, 3), false),
    F5_384("f5-384x6", Kind.F5, new Size(384, 6, 6, 2, 192, 2, 300, 192, 576, 4), false),
    F5_640("f5-640x3", Kind.F5, new Size(640, 3, 10, 3, 320, 3, 300, 320, 768, 6), false),
    F5_320("f5-320x9", Kind.F5, new Size(320, 9, 5, 4, 160, 4, 500, 96, 480, 5), true),
    VIETVOICE_256(
            "vietvoice-256x3",
            Kind.ARCHIVE,
            new Size(256, 3, 4, 2, 128, 2, 300, 128, 384, 3),
            false),
    VIETVOICE_448(
            "vietvoice-448x5",
            Kind.ARCHIVE,
            new Size(448, 5, 7, 2, 256, 3, 300, 256, 640, 5),
            false),
    VIETVOICE_192(
            "vietvoice-192x8",
            Kind.ARCHIVE,
            new Size(192, 8, 3, 3, 96, 4, 500, 384, 1024, 2),
            true),
    EFFICIENTNET("efficientnetv2-s", Kind.CLASSIFIER, Size.BASE, false);

    /** Those that are measured in other precisions too. */
    static final Map<Architecture, List<Precision>> VARIANTS =
            Map.of(
                    F5_384,
                    List.of(Precision.FP16, Precision.INT8, Precision.INT4, Precision.DYNAMIC_INT8),
                    VIETVOICE_448,
                    List.of(Precision.INT8, Precision.DYNAMIC_INT8),
                    EFFICIENTNET,
                    List.of(Precision.FP16, Precision.INT8));

    private static final long SEED = 1;
    private static final String CREATED_BY = "bench/run memory";
    private static final List<Integer> SIDES = List.of(224, 300, 384);

    /** What format the model comes in. */
    enum Kind {
        F5,
        ARCHIVE,
        CLASSIFIER
    }

    final String model;
    final Kind kind;
    final boolean isHeldOut;

    /** A record of whole numbers. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Size size;

    Architecture(String model, Kind kind, Size size, boolean isHeldOut) {
        this.model = model;
        this.kind = kind;
        this.size = size;
        this.isHeldOut = isHeldOut;
    }

    /** Makes and installs the model and its variants where they are not there. */
    void install(BundleStore store, Path scratch) throws IOException {
        importInto(store, scratch);
        for (Precision precision : VARIANTS.getOrDefault(this, List.of())) {
            String variant = ModelName.of(model).in(precision.word()).toString();
            if (store.contains(variant)) {
                continue;
            }
            System.err.println("bench: making " + variant);
            Bundle base = store.open(model);
            if (kind == Kind.CLASSIFIER) {
                ClassifierVariant.make(
                        store, base, precision, List.of(), QualityTarget.DEFAULT, _ -> {});
            } else {
                SpeechVariant.make(store, base, precision, _ -> false, _ -> {});
            }
        }
    }

    private void importInto(BundleStore store, Path scratch) throws IOException {
        if (store.contains(model)) {
            return;
        }
        System.err.println("bench: making " + model);
        Path source = scratch.resolve(model + ".source");
        FolderTree.delete(source);
        switch (kind) {
            case F5 -> {
                SyntheticCheckpoint.write(source, size, SEED, Progress.NONE);
                F5Import.run(
                        new F5Import.Request(
                                source,
                                null,
                                null,
                                null,
                                model,
                                null,
                                List.of(SyntheticCheckpoint.VOICE)),
                        store,
                        CREATED_BY,
                        _ -> {},
                        Progress.NONE);
            }
            case ARCHIVE -> {
                Path archive = Files.createDirectories(source).resolve("model-bin.pt");
                SyntheticArchive.write(archive, source, size, SEED, Progress.NONE);
                ArchiveImport.run(
                        new ArchiveImport.Request(archive, model, CREATED_BY, null),
                        store,
                        CREATED_BY,
                        Progress.NONE);
            }
            case CLASSIFIER -> {
                Path file = Files.createDirectories(source).resolve("model.keras");
                SyntheticClassifier.write(file, source, SEED);
                ClassifierImport.run(
                        new ClassifierImport.Request(
                                file, model, CREATED_BY, null, SIDES, ClassifierSettings.DEFAULT),
                        store,
                        CREATED_BY,
                        _ -> {});
            }
        }
        FolderTree.delete(source);
    }
}
