package dev.snug.cli;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Configuration;
import dev.snug.runtime.bundle.Listing;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.InputSize;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.bundle.MeasuredModels;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.runtime.bundle.Origin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import tools.jackson.core.JsonGenerator;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Lists, chooses, checks and removes installed models. */
@Command(
        name = "models",
        description = "List the installed models; choose, verify or remove one.",
        footer = {
            "",
            "Examples:",
            "  snug models",
            "  snug models --verbose           with the quality of variants, and what was measured",
            "  snug models --json | jq '.[].name'",
            "  snug models use sklesion        answers when no --model is given",
            "  snug models verify              compares every file with its checksum",
            "  snug models remove old"
        })
final class ModelsCommand implements Callable<Integer> {

    private static final double MICROS = 1e6;

    @ParentCommand private Main main;

    @Option(names = "--json", description = "A JSON list, one object for each model.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tell what variants are worth, and what was measured.")
    private boolean verbose;

    @Override
    public Integer call() {
        List<Listing> models = store().list().stream().map(SpeechListing::checked).toList();
        if (json) {
            JsonLines.value(main.surroundings().out(), out -> writeAll(out, models));
        } else if (models.isEmpty()) {
            main.surroundings()
                    .err()
                    .println(
                            "snug: no model is installed. Try `snug pull sklesion` or `snug import"
                                    + " model.keras`");
        } else {
            ModelsText text =
                    new ModelsText(main.surroundings().snugHome(), this::isDefault, verbose);
            main.surroundings().show(out -> text.print(out, models));
        }
        return models.stream().anyMatch(Listing.Broken.class::isInstance)
                ? ExitCode.FAILED
                : ExitCode.OK;
    }

    private BundleStore store() {
        return main.surroundings().store();
    }

    private boolean isDefault(Manifest manifest) {
        return store().defaultModel(manifest.kind()).filter(manifest.name()::equals).isPresent();
    }

    /** The picture sizes that the model was imported with, each once. */
    static List<InputSize> sizes(Manifest model) {
        return model.graphs().stream()
                .map(Manifest.GraphEntry::inputSize)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private void writeAll(JsonGenerator out, List<Listing> models) {
        out.writeStartArray();
        for (Listing listing : models) {
            out.writeStartObject();
            switch (listing) {
                case Listing.Whole(Manifest model, var _, Origin origin) -> {
                    write(out, model);
                    write(out, origin);
                }
                case Listing.Broken(String name, BundleException error, var _) -> {
                    out.writeStringProperty("name", name);
                    out.writeStringProperty("error", error.getMessage());
                }
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void write(JsonGenerator out, Manifest model) {
        out.writeStringProperty("name", model.name());
        out.writeStringProperty("kind", model.kind());
        out.writeNumberProperty("parameters", model.parameters());
        List<InputSize> sizes = sizes(model);
        out.writeName("input_size");
        if (sizes.isEmpty()) {
            out.writeNull();
        } else {
            write(out, sizes.getFirst());
        }
        out.writeArrayPropertyStart("input_sizes");
        sizes.forEach(size -> write(out, size));
        out.writeEndArray();
        out.writeArrayPropertyStart("variants");
        for (Manifest.Variant variant : model.variants()) {
            out.writeStartObject();
            out.writeStringProperty("precision", variant.precision());
            out.writeNumberProperty("bytes", variant.bytes());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeBooleanProperty("default", isDefault(model));
        out.writeStringProperty("source", model.source());
        out.writeName("licence");
        out.writeString(model.licence());
        Measured measured = new MeasuredModels(main.surroundings().snugHome()).of(model);
        ModelName name = ModelName.of(model.name());
        out.writeName("variant_of");
        out.writeString(name.isVariant() ? name.base() : null);
        out.writeObjectPropertyStart("quality");
        measured.quality().forEach(out::writeNumberProperty);
        out.writeEndObject();
        if (SpeechListing.is(model)) {
            SpeechListing.of(model).write(out, measured);
        }
        out.writeArrayPropertyStart("measured");
        for (Configuration configuration : measured.configurations()) {
            measured.figures(configuration).ifPresent(found -> write(out, configuration, found));
        }
        out.writeEndArray();
    }

    private static void write(
            JsonGenerator out, Configuration configuration, Measured.Figures figures) {
        out.writeStartObject();
        out.writeStringProperty("configuration", configuration.toString());
        out.writeNumberProperty("peak_rss_bytes", figures.peakBytes());
        out.writeNumberProperty("peak_anonymous_bytes", figures.anonymousBytes());
        out.writeNumberProperty("peak_file_bytes", figures.fileBytes());
        out.writeNumberProperty("cpu_seconds", figures.cpuMicros() / MICROS);
        out.writeNumberProperty("unit_seconds", figures.unitMicros() / MICROS);
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Origin origin) {
        out.writeStringProperty("origin", origin == Origin.SHIPPED ? "shipped" : "own");
        out.writeBooleanProperty("hides_shipped", origin == Origin.OWN_BEFORE_SHIPPED);
    }

    private static void write(JsonGenerator out, InputSize size) {
        out.writeStartArray();
        out.writeNumber(size.height());
        out.writeNumber(size.width());
        out.writeEndArray();
    }

    @Command(
            name = "use",
            mixinStandardHelpOptions = true,
            description = "Make a model the one that answers when none is named.")
    int use(@Parameters(paramLabel = "NAME", description = "An installed model.") String name) {
        BundleStore store = store();
        store.useModel(store.open(name).manifest().kind(), name);
        return ExitCode.OK;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Remove a model of your own and its files.")
    int remove(@Parameters(paramLabel = "NAME", description = "An installed model.") String name) {
        store().remove(name);
        return ExitCode.OK;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Compare every file of a model with its checksum.")
    int verify(
            @Parameters(
                            paramLabel = "NAME",
                            arity = "0..*",
                            description = "Installed models; default: all.")
                    List<String> names) {
        BundleStore store = store();
        List<String> wanted =
                names == null || names.isEmpty()
                        ? store.list().stream().map(Listing::name).toList()
                        : names;
        int failed = 0;
        try (ProgressLine progress = new ProgressLine(main.surroundings())) {
            for (String name : wanted) {
                progress.step("verifying " + name);
                try {
                    store.open(name).verify(progress::bytes);
                    main.surroundings().out().println(name + ": ok");
                } catch (BundleException e) {
                    failed++;
                    main.surroundings().err().println("snug: " + name + ": " + e.getMessage());
                }
            }
        }
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
