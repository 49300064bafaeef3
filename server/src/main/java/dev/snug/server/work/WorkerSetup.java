package dev.snug.server.work;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Listing;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.server.settings.HeatMaps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a worker must know before its first request; it travels as system properties.
 *
 * @param home folder with models and voices
 * @param shipped folder of the models that ship with Snug
 * @param limitBytes what the worker may take
 * @param heatMaps whether heat maps are shown
 */
record WorkerSetup(Path home, Optional<Path> shipped, long limitBytes, HeatMaps heatMaps) {
    private static final String HOME = "snug.worker.home";
    private static final String SHIPPED = "snug.worker.shipped";
    private static final String LIMIT = "snug.worker.limit";
    private static final String HEAT_MAPS = "snug.worker.heatmaps";

    /** The setup of the worker process that this runs in. */
    static WorkerSetup ofThisProcess() {
        return of(name -> System.getProperty(name, ""));
    }

    static WorkerSetup of(UnaryOperator<String> property) {
        String shipped = property.apply(SHIPPED);
        return new WorkerSetup(
                Path.of(property.apply(HOME)),
                shipped.isEmpty() ? Optional.empty() : Optional.of(Path.of(shipped)),
                Long.parseLong(property.apply(LIMIT)),
                HeatMaps.valueOf(property.apply(HEAT_MAPS)));
    }

    /** As options for the worker's Java. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        options.add("-D" + HOME + "=" + home);
        shipped.ifPresent(folder -> options.add("-D" + SHIPPED + "=" + folder));
        options.add("-D" + LIMIT + "=" + limitBytes);
        options.add("-D" + HEAT_MAPS + "=" + heatMaps.name().toUpperCase(Locale.ROOT));
        return options;
    }

    BundleStore store() {
        return new BundleStore(home, shipped);
    }

    /** Bytes of the largest model, optimised copies included: no worker maps more weights. */
    long largestModelBytes() {
        long most = 0;
        for (Listing listing : store().list()) {
            if (listing instanceof Listing.Whole whole) {
                most = Math.max(most, bytes(whole.folder()));
            }
        }
        return most;
    }

    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + folder, e);
        }
    }

    /** The limit that the worker plans for. */
    MemoryLimit limit() {
        return new MemoryLimit(
                limitBytes, MemoryLimit.Origin.ASKED, "the server's limit leaves so much for it");
    }
}
