package dev.snug.runtime.bundle;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The models of one home folder: {@code HOME/models/NAME}, and in {@code HOME/defaults.json} which
 * of them is used for each kind. Behind them stand the models that ship with Snug, in a folder that
 * is only read: one is found under a name that no model of the home has.
 *
 * <p>A model appears, is replaced and disappears as a whole (see {@link FolderSwap}). Writers of
 * one model take turns, across processes; readers take no lock and need no permission to write.
 */
public final class BundleStore {
    /** How long one writer waits for another; an import of 1 GB takes about a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path models;
    private final ShippedModels shipped;
    private final ModelFolders folders;
    private final OpenModels opening;
    private final DefaultModels defaults;
    private final Disk disk;

    /** The models under {@code home}, which need not exist yet; none ship with Snug. */
    public BundleStore(Path home) {
        this(home, Optional.empty());
    }

    /**
     * The models under {@code home}, then those that ship with Snug.
     *
     * @param shipped the folder with a folder for each of those; it need not exist
     */
    public BundleStore(Path home, Optional<Path> shipped) {
        this(home, shipped.orElse(null), Disk.REAL, PATIENCE);
    }

    BundleStore(Path home, Disk disk, Duration patience) {
        this(home, null, disk, patience);
    }

    private BundleStore(Path home, @Nullable Path shipped, Disk disk, Duration patience) {
        this.disk = disk;
        this.shipped = new ShippedModels(shipped);
        this.models = home.toAbsolutePath().resolve("models");
        this.folders = new ModelFolders(disk, home.toAbsolutePath(), patience);
        this.opening = new OpenModels(models, this.shipped, folders);
        this.defaults = new DefaultModels(home.resolve("defaults.json"), folders);
    }

    /**
     * All models by name, own and shipped; a broken one is listed with its error. Of two that have
     * one name the own one is listed, because that is the one that is opened.
     *
     * @throws BundleException when the store itself cannot be read
     */
    public List<Listing> list() {
        Set<String> own = folders.names();
        Set<String> came = shipped.names();
        Set<String> all = new TreeSet<>(own);
        all.addAll(came);
        List<Listing> listings = new ArrayList<>();
        for (String name : all) {
            Origin origin =
                    !own.contains(name)
                            ? Origin.SHIPPED
                            : came.contains(name) ? Origin.OWN_BEFORE_SHIPPED : Origin.OWN;
            try {
                Bundle bundle = opening.open(name, true);
                listings.add(new Listing.Whole(bundle.manifest(), bundle.folder(), origin));
            } catch (BundleException e) {
                // One that is gone was removed since its name was read.
                if (isOwn(name) || shipped.contains(name)) {
                    listings.add(new Listing.Broken(name, e, origin));
                }
            }
        }
        return listings;
    }

    /**
     * Opens the model {@code name}, the user's own before a shipped one, and checks it.
     *
     * @throws BundleException when there is none, or it is not whole
     * @throws IllegalArgumentException when no model can have that name
     */
    public Bundle open(String name) {
        return opening.open(Names.model(name), false);
    }

    /** Whether a model, whole or broken, has the name {@code name}. */
    public boolean contains(String name) {
        return isOwn(Names.model(name)) || shipped.contains(name);
    }

    private boolean isOwn(String name) {
        return Files.exists(folders.swap(name).visible());
    }

    /** As {@link #install(String, long, BundleWriter)}, where the size is not known before. */
    public Bundle install(String name, BundleWriter writer) {
        return install(name, 0, writer);
    }

    /**
     * Installs a model, in place of the one that has its name.
     *
     * @param expectedBytes bytes that {@code writer} will write; when the disk has less, nothing is
     *     begun. 0 when not known
     * @throws BundleException when the disk refuses, {@code writer} leaves something that is no
     *     model, or another process is installing the same model and takes too long. Then, and when
     *     {@code writer} throws, which passes unchanged, the store is as it was
     */
    public Bundle install(String name, long expectedBytes, BundleWriter writer) {
        String doing = "install model " + Names.model(name);
        folders.sweep();
        requireSpace(doing, expectedBytes);
        try (InstallLock _ = folders.lock(name, doing)) {
            folders.swap(name).replace(new Installation(disk, name, writer));
        } catch (IOException e) {
            throw BundleException.of(doing, models, e);
        }
        return open(name);
    }

    /**
     * Adds to {@code bundle} the copy for one kind of machine, unless it is there: when two
     * processes want it, one makes it and the other waits.
     *
     * @param writer writes graphs and weights; its manifest, best made from {@code bundle}'s with
     *     {@link Manifest#withGraphs}, names the graphs of the copy
     * @throws BundleException as {@link #install} does, and when {@code bundle} was replaced
     */
    public Bundle installOptimized(Bundle bundle, String key, BundleWriter writer) {
        String name = bundle.manifest().name();
        String doing = "optimise model " + name + " for " + Names.key(key);
        try {
            shipped.requireNotIn(bundle, doing);
        } catch (IOException e) {
            throw BundleException.of(doing, bundle.folder(), e);
        }
        try (InstallLock _ = folders.lock(name, doing)) {
            bundle.requireCurrent();
            Optional<Bundle> existing = bundle.optimized(key);
            if (existing.isPresent()) {
                return existing.get();
            }
            folders.sweep(bundle.folder());
            BundleWriter linked =
                    folder -> writer.write(folder).withSourceSha256(bundle.manifestSha256());
            new FolderSwap(disk, bundle.folder(), Bundle.optimizedName(key))
                    .replace(new Installation(disk, name, linked));
        } catch (IOException e) {
            throw BundleException.of(doing, bundle.folder(), e);
        }
        return bundle.optimized(key)
                .orElseThrow(() -> new BundleException("cannot " + doing + ": it is gone again"));
    }

    /**
     * Removes the user's model {@code name}, its variants, and its place as a default. A shipped
     * one of that name is found again after that, with the variants.
     *
     * @throws BundleException when there is none, it ships with Snug, or the disk refuses
     */
    public void remove(String name) {
        ModelName removed = ModelName.of(name);
        String doing = "remove model " + Names.model(name);
        if (!isOwn(name)) {
            throw shipped.contains(name)
                    ? new BundleException(
                            "cannot "
                                    + doing
                                    + ": it ships with Snug. To have another one answer, name it"
                                    + " once and for all: snug models use NAME")
                    : opening.missing(name);
        }
        try (InstallLock _ = folders.lock(name, doing)) {
            folders.swap(name).remove();
        } catch (IOException e) {
            throw BundleException.of(doing, models, e);
        }
        defaults.forget(name);
        if (!removed.isVariant() && !shipped.contains(name)) {
            variants(name).forEach(this::remove);
        }
    }

    /** The user's models that were made from {@code base}, whole or broken. */
    public List<String> variants(String base) {
        return folders.names().stream()
                .filter(name -> ModelName.of(name).isVariant())
                .filter(name -> ModelName.of(name).base().equals(base))
                .toList();
    }

    /** The model chosen for {@code kind} by {@link #useModel}; it may have been removed by hand. */
    public Optional<String> defaultModel(String kind) {
        return Optional.ofNullable(defaults.read().get(Names.kind(kind)));
    }

    /**
     * Makes {@code name} the model used for {@code kind} when none is named.
     *
     * @throws BundleException when there is no such model, or it is of another kind
     */
    public void useModel(String kind, String name) {
        Names.kind(kind);
        String actual = opening.open(Names.model(name), true).manifest().kind();
        if (!actual.equals(kind)) {
            throw new BundleException("model " + name + " is of kind " + actual + ", not " + kind);
        }
        defaults.use(kind, name);
    }

    private void requireSpace(String doing, long expectedBytes) {
        long free = BundleException.usableBytes(models);
        if (free >= 0 && free < expectedBytes) {
            throw new BundleException(
                    "cannot "
                            + doing
                            + ": it needs "
                            + expectedBytes
                            + " bytes, the disk of "
                            + models
                            + " has "
                            + free
                            + " free");
        }
    }
}
