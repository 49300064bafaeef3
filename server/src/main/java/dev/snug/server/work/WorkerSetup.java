package dev.snug.server.work;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.session.Placement;
import dev.snug.server.settings.HeatMaps;
import dev.snug.vision.picture.PictureCaps;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * What a worker must know before its first request; it travels as system properties.
 *
 * @param home folder with models and voices
 * @param shipped folder of the models that ship with Snug
 * @param limitBytes what the worker may take
 * @param heatMaps whether heat maps are shown
 * @param caps of pictures
 * @param provider what computes
 */
record WorkerSetup(
        Path home,
        Optional<Path> shipped,
        long limitBytes,
        HeatMaps heatMaps,
        PictureCaps caps,
        ProviderWish provider) {
    private static final String HOME = "snug.worker.home";
    private static final String SHIPPED = "snug.worker.shipped";
    private static final String LIMIT = "snug.worker.limit";
    private static final String HEAT_MAPS = "snug.worker.heatmaps";
    private static final String PICTURE_BYTES = "snug.worker.picture.bytes";
    private static final String PICTURE_PIXELS = "snug.worker.picture.pixels";
    private static final String PROVIDER = "snug.worker.provider";
    private static final String ENGINE_LIBRARY = "snug.worker.engine-library";
    private static final String PROVIDER_LIBRARY = "snug.worker.provider-library";
    private static final String DEVICE_MEMORY = "snug.worker.device-memory";

    /** A process has one; tests have several. */
    private static final Map<ProviderWish, Placement> KNOWN = new ConcurrentHashMap<>();

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
                        Long.parseLong(property.apply(PICTURE_PIXELS))),
                ProviderWish.of(
                        orNull(property.apply(PROVIDER)),
                        orNull(property.apply(ENGINE_LIBRARY)),
                        orNull(property.apply(PROVIDER_LIBRARY)),
                        orNull(property.apply(DEVICE_MEMORY))));
    }

    private static @Nullable String orNull(String value) {
        return value.isEmpty() ? null : value;
    }

    /** The same for a worker that may take {@code bytes}. */
    WorkerSetup withLimit(long bytes) {
        return new WorkerSetup(home, shipped, bytes, heatMaps, caps, provider);
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
        options.add("-D" + PROVIDER + "=" + provider.word());
        provider.engineLibrary().ifPresent(at -> options.add("-D" + ENGINE_LIBRARY + "=" + at));
        provider.providerLibrary().ifPresent(at -> options.add("-D" + PROVIDER_LIBRARY + "=" + at));
        provider.deviceMemory().ifPresent(most -> options.add("-D" + DEVICE_MEMORY + "=" + most));
        return options;
    }

    /**
     * Where this worker computes; found out with the first question, and kept: what failed once is
     * not tried with each.
     *
     * @throws dev.snug.runtime.device.ProviderException when what is to compute cannot be used
     */
    Placement placement() {
        return KNOWN.computeIfAbsent(provider, Placement::of);
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
