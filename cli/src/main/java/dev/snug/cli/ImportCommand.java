package dev.snug.cli;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.ModelName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Makes a model ready to run; what the source is decides which importer does it. */
@Command(
        name = "import",
        description = {
            "Import a model: a Keras classifier, an F5-TTS checkpoint, the archive of"
                    + " VietVoice-TTS, or a small voice of Snug's own training.",
            "What the source is, is told by its content."
        },
        footer = {
            "",
            "Examples:",
            "  snug import model.keras",
            "  snug import model.keras --name skin --classes acne,eczema,healthy",
            "  snug import model.keras --picture-size 300,224      two sizes, one weights file",
            "  snug import model.keras --settings settings.json",
            "  snug import F5TTS_v1_Base --vocos vocos-mel-24khz",
            "  snug import model-bin.pt --name vietvoice",
            "  snug import training/build/export --name snug-vi",
            "  snug import model_1250000.safetensors --vocab vocab.txt --f5-version v0",
            "",
            "A checkpoint is a folder with one .safetensors file, vocab.txt and perhaps"
                    + " model.yaml,",
            "or that file. Pickles (.pt, .bin) are refused with the line of Python that converts"
                    + " them.",
            "",
            "settings.json, every key optional:",
            "  {\"classes\": [{\"id\": \"mel\", \"name\": \"melanoma\", \"group\": \"malignant\"},"
                    + " …],",
            "   \"resize\": \"lanczos\" or \"bilinear\",  \"divide_by\": 1 or 255,",
            "   \"target_layer\": \"backbone/top_conv\",",
            "   \"patient\": [{\"field\": \"sex\", \"encoding\": \"one_hot\",",
            "                \"words\": [\"female\", \"male\", \"unknown\"], \"absent\":"
                    + " \"unknown\"},",
            "               {\"field\": \"age\", \"encoding\": \"scaled\", \"divide_by\": 90,"
                    + " \"absent\": 50},",
            "               {\"field\": \"age\", \"encoding\": \"missing\"}]}",
            "",
            "An old .h5 file is converted once, in Python, with Keras 3:",
            "  keras.saving.load_model(\"old.h5\").save(\"model.keras\")"
        })
final class ImportCommand implements Callable<Integer> {
    @ParentCommand private Main main;

    @Parameters(
            paramLabel = "SOURCE",
            description =
                    "A .keras file; a folder or .safetensors of F5-TTS; VietVoice's model-bin.pt;"
                            + " an exported training.")
    private Path source;

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "What the model is called; default: the source's name.")
    private @Nullable String name;

    @Option(names = "--licence", paramLabel = "SPDX", description = "Licence of the weights.")
    private @Nullable String licence;

    @Mixin private KerasSource keras;

    @Mixin private CheckpointSource checkpoint;

    @Override
    public Integer call() {
        ImportSource kind = ImportSource.of(source);
        Surroundings surroundings = main.surroundings();
        BundleStore store = surroundings.store();
        String wanted = name == null ? nameOf(source) : name;
        if (ModelName.of(wanted).isVariant()) {
            throw new UsageException(
                    "%s names a variant, which is made of an imported model: snug quantize"
                            .formatted(wanted));
        }
        try (ProgressLine progress = new ProgressLine(surroundings)) {
            String installed =
                    switch (kind) {
                        case KERAS -> {
                            checkpoint.requireUnused(source);
                            yield keras.run(source, wanted, licence, store, progress);
                        }
                        case CHECKPOINT -> {
                            keras.requireUnused(source);
                            yield checkpoint.run(
                                    source, wanted, licence, store, progress, surroundings.err());
                        }
                        case ALIGNED -> {
                            keras.requireUnused(source);
                            checkpoint.requireUnused(source);
                            yield TrainedSource.run(source, wanted, licence, store, progress);
                        }
                        case ARCHIVE -> {
                            keras.requireUnused(source);
                            checkpoint.requireUnused(source);
                            yield ArchiveSource.run(
                                    source, wanted, licence, store, progress, surroundings.err());
                        }
                    };
            surroundings.out().println(installed);
        }
        return ExitCode.OK;
    }

    /** The source's name without a file's ending, in the letters that a model's name may have. */
    static String nameOf(Path source) {
        Path whole = source.toAbsolutePath().normalize();
        String base = String.valueOf(whole.getFileName());
        if (!Files.isDirectory(source)) {
            base = base.replaceFirst("\\.[A-Za-z0-9]+$", "");
        }
        String name =
                base.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9._-]+", "-")
                        .replaceFirst("^[._-]+", "");
        return name.isEmpty() ? "model" : name.substring(0, Math.min(name.length(), 64));
    }
}
