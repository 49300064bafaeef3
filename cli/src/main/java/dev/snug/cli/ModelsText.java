package dev.snug.cli;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.Configuration;
import dev.snug.runtime.bundle.Listing;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.bundle.MeasuredModels;
import dev.snug.runtime.bundle.ModelName;
import dev.snug.runtime.bundle.Origin;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The list of models for people: variants stand below the model that they were made from.
 *
 * @param home whose measurements count
 * @param isDefault whether a model answers where none is named
 * @param isVerbose whether quality and measurements are told
 */
record ModelsText(Path home, Predicate<Manifest> isDefault, boolean isVerbose) {
    private static final double MICROS = 1e6;

    void print(PrintStream out, List<Listing> models) {
        Set<String> names = models.stream().map(Listing::name).collect(Collectors.toSet());
        for (Listing listing : grouped(models)) {
            switch (listing) {
                case Listing.Broken(String name, BundleException error, var _) ->
                        out.printf("%-20s  broken: %s%n", name, error.getMessage());
                case Listing.Whole(Manifest model, var _, Origin origin) -> {
                    ModelName name = ModelName.of(model.name());
                    if (name.isVariant() && names.contains(name.base())) {
                        printVariant(out, model);
                    } else {
                        printModel(out, model, origin);
                    }
                    if (isVerbose) {
                        printMore(out, model);
                    }
                }
            }
        }
    }

    /** By base, variants after it. */
    static List<Listing> grouped(List<Listing> models) {
        List<Listing> grouped = new ArrayList<>(models);
        grouped.sort(
                Comparator.<Listing, String>comparing(each -> ModelName.of(each.name()).base())
                        .thenComparing(Listing::name));
        return grouped;
    }

    private void printModel(PrintStream out, Manifest model, Origin origin) {
        out.printf(
                Locale.ROOT,
                "%-20s  %s, %,d parameters, %s, %s%s%n",
                model.name(),
                model.kind(),
                model.parameters(),
                SpeechListing.is(model) ? SpeechListing.of(model).words() : input(model),
                sizes(model),
                isDefault.test(model) ? ", default" : "");
        out.printf(
                "%-20s  from %s, licence %s%s%n",
                "",
                model.source(),
                Objects.requireNonNullElse(model.licence(), "not stated"),
                words(origin));
    }

    private void printVariant(PrintStream out, Manifest model) {
        out.printf(
                "  %-18s  %s%s%n",
                model.name(), sizes(model), isDefault.test(model) ? ", default" : "");
    }

    private void printMore(PrintStream out, Manifest model) {
        Measured measured = new MeasuredModels(home).of(model);
        if (ModelName.of(model.name()).isVariant()) {
            out.printf("%-20s  %s%n", "", VariantQuality.words(model, measured));
        }
        for (Configuration configuration : measured.configurations()) {
            measured.figures(configuration)
                    .ifPresent(
                            figures ->
                                    out.printf(
                                            Locale.ROOT,
                                            "%-20s  measured (%s): peak %.1f MiB, %.2f CPU s%n",
                                            "",
                                            MeasureReport.words(configuration),
                                            Mebibytes.of(figures.peakBytes()),
                                            figures.cpuMicros() / MICROS));
        }
    }

    private static String sizes(Manifest model) {
        return model.variants().stream()
                .map(
                        variant ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.1f MiB",
                                        variant.precision(),
                                        Mebibytes.of(variant.bytes())))
                .collect(Collectors.joining(" "));
    }

    private static String words(Origin origin) {
        return switch (origin) {
            case OWN -> "";
            case OWN_BEFORE_SHIPPED -> ", instead of the one that ships with Snug";
            case SHIPPED -> ", ships with Snug";
        };
    }

    private static String input(Manifest model) {
        return ModelsCommand.sizes(model).stream()
                .map(size -> size.width() + "x" + size.height())
                .collect(Collectors.joining(" ", "input ", ""));
    }
}
