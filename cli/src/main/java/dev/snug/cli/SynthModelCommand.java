package dev.snug.cli;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.speech.f5.F5Import;
import dev.snug.speech.synth.Size;
import dev.snug.speech.synth.SyntheticArchive;
import dev.snug.speech.synth.SyntheticCheckpoint;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.ClassifierSettings;
import dev.snug.vision.synth.SyntheticClassifier;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Makes a model of real shape and size whose weights are random. */
@Command(
        name = "synth-model",
        description = {
            "Make a model of the real shape and size with random weights, to measure memory and",
            "speed with. It takes as long and as much as a trained one; its answers mean nothing."
        },
        footer = {
            "",
            "Kinds:",
            "  f5-base            F5-TTS v1 Base with Vocos and one voice of 4 s, installed: 1.4"
                    + " GB",
            "  vietvoice-base     an archive as VietVoice-TTS downloads it, six voices; a file:"
                    + " 1.4 GB",
            "  efficientnetv2-s   a Keras classifier for 300x300 pictures, installed: 82 MB",
            "",
            "Equal seeds make equal bytes, on any machine.",
            "",
            "Examples:",
            "  snug synth-model efficientnetv2-s eff && snug classify photo.jpg --model eff",
            "  snug synth-model efficientnetv2-s eff -o eff.keras    the file only",
            "  snug synth-model f5-base f5 && snug speak \"Xin chào.\" --model f5 --steps 2",
            "  snug synth-model f5-base f5 -o /data/f5               the checkpoint's folder only",
            "  snug synth-model vietvoice-base vv && snug import vv.tar"
        })
final class SynthModelCommand implements Callable<Integer> {
    private static final List<String> KINDS =
            List.of("f5-base", "vietvoice-base", "efficientnetv2-s");

    /**
     * How many times its weights a classifier takes while it is imported: the file, what is
     * computed from it, the model and its copy for this machine.
     */
    private static final int IMPORT_FACTOR = 4;

    /** The same for a checkpoint: the file, what is computed from it, and the model. */
    private static final int CHECKPOINT_FACTOR = 3;

    @ParentCommand private Main main;

    @Parameters(paramLabel = "KIND", description = "What to make; see below.")
    private String kind;

    @Parameters(paramLabel = "NAME", description = "What it is called.")
    private String name;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Where the random weights begin; default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            description =
                    "File or folder to write instead of installing; default of an archive:"
                            + " NAME.tar.")
    private @Nullable Path output;

    @Override
    public Integer call() {
        Surroundings surroundings = main.surroundings();
        BundleStore store = surroundings.store();
        // A name that no model may have is refused for files as well.
        boolean isInstalled = store.contains(name);
        try (ProgressLine progress = new ProgressLine(surroundings)) {
            String made =
                    switch (kind) {
                        case "f5-base" -> checkpoint(store, isInstalled, progress);
                        case "vietvoice-base" -> archive(progress);
                        case "efficientnetv2-s" -> classifier(store, isInstalled, progress);
                        default ->
                                throw new UsageException(
                                        "no synthetic model is called %s; there is %s"
                                                .formatted(kind, KINDS));
                    };
            surroundings.out().println(made);
        } catch (IOException e) {
            throw new BundleException("cannot make " + name + ": " + e.getMessage(), e);
        }
        return ExitCode.OK;
    }

    private String checkpoint(BundleStore store, boolean isInstalled, ProgressLine progress)
            throws IOException {
        if (output == null) {
            requireFreeName(isInstalled);
            return installedCheckpoint(store, progress);
        }
        Path folder = free(output);
        DiskRoom.require(folder, SyntheticCheckpoint.bytes(Size.BASE), kind);
        progress.step("writing " + folder);
        SyntheticCheckpoint.write(folder, Size.BASE, seed, progress::bytes);
        return folder.toString();
    }

    private String installedCheckpoint(BundleStore store, ProgressLine progress)
            throws IOException {
        Path home = main.surroundings().snugHome();
        long bytes = SyntheticCheckpoint.bytes(Size.BASE);
        DiskRoom.require(home, CHECKPOINT_FACTOR * bytes, kind);
        try (ScratchFolder scratch = ScratchFolder.in(home)) {
            Path folder = scratch.path().resolve(name);
            progress.step("making " + kind);
            SyntheticCheckpoint.write(folder, Size.BASE, seed, progress::bytes);
            F5Import.Request request =
                    new F5Import.Request(
                            folder,
                            null,
                            null,
                            null,
                            name,
                            null,
                            List.of(SyntheticCheckpoint.VOICE));
            F5Import.run(request, store, Version.PROGRAM, progress::step, progress::bytes);
            return name;
        }
    }

    private String archive(ProgressLine progress) throws IOException {
        Path file = free(output == null ? Path.of(name + ".tar") : output);
        DiskRoom.require(file, SyntheticArchive.bytes(Size.BASE), kind);
        progress.step("writing " + file);
        try (ScratchFolder scratch = scratchBeside(file)) {
            SyntheticArchive.write(file, scratch.path(), Size.BASE, seed, progress::bytes);
        }
        return file.toString();
    }

    private String classifier(BundleStore store, boolean isInstalled, ProgressLine progress)
            throws IOException {
        if (output == null) {
            requireFreeName(isInstalled);
            return installedClassifier(store, progress);
        }
        Path file = free(output);
        DiskRoom.require(file, SyntheticClassifier.bytes(), kind);
        progress.step("writing " + file);
        try (ScratchFolder scratch = scratchBeside(file)) {
            SyntheticClassifier.write(file, scratch.path(), seed);
        }
        return file.toString();
    }

    private void requireFreeName(boolean isInstalled) {
        if (isInstalled) {
            throw new BundleException(
                    "%s is installed; `snug models remove %1$s` first, or choose another name"
                            .formatted(name));
        }
    }

    private String installedClassifier(BundleStore store, ProgressLine progress)
            throws IOException {
        Path home = main.surroundings().snugHome();
        DiskRoom.require(home, IMPORT_FACTOR * SyntheticClassifier.bytes(), kind);
        try (ScratchFolder scratch = ScratchFolder.in(home)) {
            Path file = scratch.path().resolve(name + ".keras");
            progress.step("making " + kind);
            SyntheticClassifier.write(file, scratch.path(), seed);
            return ClassifierImport.run(
                            new ClassifierImport.Request(
                                    file,
                                    name,
                                    RandomWeights.SOURCE + "%s --seed %d".formatted(kind, seed),
                                    null,
                                    List.of(),
                                    ClassifierSettings.DEFAULT),
                            store,
                            Version.PROGRAM,
                            progress::step)
                    .manifest()
                    .name();
        }
    }

    private static Path free(Path target) {
        if (Files.exists(target)) {
            throw new BundleException(
                    target + " is there already; remove it or name another place with -o");
        }
        return target;
    }

    private static ScratchFolder scratchBeside(Path file) throws IOException {
        return ScratchFolder.in(file.toAbsolutePath().resolveSibling(".").normalize());
    }
}
