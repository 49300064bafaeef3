package dev.snug.server.work;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.server.settings.HeatMaps;
import dev.snug.vision.picture.PictureCaps;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a worker must know before its first request; it travels as system properties.
 *
 * @param home folder with models and voices
 * @param shipped folder of the models that ship with Snug
 * @param limitBytes what the worker may take
 * @param heatMaps whether heat maps are shown
 * @param caps of pictures
 */
record WorkerSetup(
        Path home, Optional<Path> shipped, long limitBytes, HeatMaps heatMaps, PictureCaps caps) {
    private static final String HOME = "snug.worker.home";
    private static final String SHIPPED = "snug.worker.shipped";
    private static final String LIMIT = "snug.worker.limit";
    private static final String HEAT_MAPS = "snug.worker.heatmaps";
    private static final String PICTURE_BYTES = "snug.worker.picture.bytes";
    private static final String PICTURE_PIXELS = "snug.worker.picture.pixels";

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
                HeatMaps.valueOf(property.apply(HEAT_MAPS)),
                new PictureCaps(
                        Long.parseLong(property.apply(PICTURE_BYTES)),
                        Long.parseLong(property.apply(PICTURE_PIXELS))));
    }

    /** The same with another limit. */
    WorkerSetup withLimitBytes(long bytes) {
        return new WorkerSetup(home, shipped, bytes, heatMaps, caps);
    }

    /** As options for the worker's Java. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        options.add("-D" + HOME + "=" + home);
        shipped.ifPresent(folder -> options.add("-D" + SHIPPED + "=" + folder));
        options.add("-D" + LIMIT + "=" + limitBytes);
        options.add("-D" + HEAT_MAPS + "=" + heatMaps.name().toUpperCase(Locale.ROOT));
        options.add("-D" + PICTURE_BYTES + "=" + caps.fileBytes());
        options.add("-D" + PICTURE_PIXELS + "=" + caps.pixels());
        return options;
    }

    BundleStore store() {
        return new BundleStore(home, shipped);
    }

    /** The limit that the worker plans for. */
    MemoryLimit limit() {
        return new MemoryLimit(
                limitBytes, MemoryLimit.Origin.ASKED, "the server's limit leaves so much for it");
    }
}
