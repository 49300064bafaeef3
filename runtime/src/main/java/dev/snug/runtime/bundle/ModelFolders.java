package dev.snug.runtime.bundle;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Where the models of a home folder, their stand-ins and their locks lie. */
final class ModelFolders {
    /** How long a reader waits for a writer that is between its two renames. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    /** Time between two tries of a reader; two renames take less than one millisecond. */
    private static final long PAUSE_MILLIS = 2;

    /** Most folders looked at in the store. */
    private static final int MAX_MODELS = 10_000;

    private final Disk disk;
    private final Path home;
    private final Path models;
    private final Duration patience;

    ModelFolders(Disk disk, Path home, Duration patience) {
        this.disk = disk;
        this.home = home;
        this.models = home.resolve("models");
        this.patience = patience;
    }

    /** The folder of the model {@code name}. */
    FolderSwap swap(String name) {
        return new FolderSwap(disk, models, ModelName.folder(name));
    }

    /** The right to change the model {@code name}, or the file of defaults. */
    InstallLock lock(String name, String doing) {
        return InstallLock.acquire(lockFile(name), doing, patience);
    }

    /** Whether a model of that name is here, or a writer of one is or was at work. */
    boolean mayHold(String name) {
        return Files.exists(swap(name).visible()) || Files.exists(lockFile(name));
    }

    private Path lockFile(String name) {
        return home.resolve("locks").resolve(ModelName.folder(name) + ".lock");
    }

    /** Where the model is, once a writer at work there, if any, has finished its renames. */
    Path settled(String name) {
        FolderSwap swap = swap(name);
        if (swap.isInterrupted()) {
            try (InstallLock lock =
                    InstallLock.tryAcquire(lockFile(name), "open model " + name, SETTLE)) {
                if (lock != null) {
                    swap.recover();
                }
            } catch (IOException | BundleException e) {
                // A reader without the right to tidy up reads the old model where it is.
                return swap.visible();
            }
        }
        return swap.visible();
    }

    /** Lets a writer come further. */
    static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("interrupted while opening a model", e);
        }
    }

    /** Names under which a model may be found; empty when there is no store yet. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        if (!Files.exists(models)) {
            return names;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(models)) {
            for (Path folder : folders) {
                String name = ModelName.ofFolder(FolderSwap.nameOf(folder));
                // What is no folder now may have been one when it was listed, and been renamed.
                if (!name.startsWith(".") && !Files.isRegularFile(folder)) {
                    names.add(name);
                }
                if (names.size() > MAX_MODELS) {
                    throw new BundleException(
                            models + " holds more than the " + MAX_MODELS + " folders allowed");
                }
            }
            return names;
        } catch (DirectoryIteratorException e) {
            throw new BundleException("cannot list the models in " + models, e);
        } catch (IOException e) {
            throw BundleException.of("list the models", models, e);
        }
    }

    /** Deletes what writers of any model that died have left; the living hold their locks. */
    void sweep() {
        if (!Files.exists(models)) {
            return;
        }
        try {
            for (String folder : FolderSwap.leftovers(models)) {
                String name = ModelName.ofFolder(folder);
                try (InstallLock lock =
                        InstallLock.tryAcquire(lockFile(name), "tidy up " + name, Duration.ZERO)) {
                    if (lock != null) {
                        swap(name).recover();
                    }
                }
            }
        } catch (IOException e) {
            throw BundleException.of("tidy up the models", models, e);
        }
    }

    /** Deletes such leftovers inside the folder of a model whose lock the caller holds. */
    void sweep(Path model) throws IOException {
        for (String name : FolderSwap.leftovers(model)) {
            new FolderSwap(disk, model, name).recover();
        }
    }
}
