package dev.snug.runtime.bundle;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The models that ship with Snug: the folders in one folder, each called as its model.
 *
 * <p>They are opened where they lie and need no lock: who installs Snug puts them there, no command
 * of Snug changes them. Only the note that a model was found whole ({@link Stamp}) is written
 * beside it, where that is allowed; on a read-only file system the weights are hashed at each
 * opening.
 */
final class ShippedModels {
    /** Most folders looked at; Snug ships with one model. */
    private static final int MAX_MODELS = 100;

    private final @Nullable Path folder;

    /** The models in {@code folder}; none when it is null or is not there. */
    ShippedModels(@Nullable Path folder) {
        this.folder = folder == null ? null : folder.toAbsolutePath();
    }

    /** Their names. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        if (folder == null || !Files.isDirectory(folder)) {
            return names;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
            for (Path model : folders) {
                String name = model.getFileName().toString();
                if (!name.startsWith(".") && Files.isDirectory(model)) {
                    names.add(name);
                }
                if (names.size() > MAX_MODELS) {
                    throw new BundleException(
                            folder + " holds more than the " + MAX_MODELS + " models allowed");
                }
            }
            return names;
        } catch (DirectoryIteratorException e) {
            throw new BundleException("cannot list the models in " + folder, e);
        } catch (IOException e) {
            throw BundleException.of("list the models", folder, e);
        }
    }

    /** Whether a model, whole or broken, has the name {@code name}. */
    boolean contains(String name) {
        return folder != null && Files.isDirectory(folder.resolve(name));
    }

    /**
     * The model {@code name}, which is there.
     *
     * @param glance leaves the content of its files unchecked
     * @throws BundleException when it is not whole, or does not have its folder's name
     */
    Bundle open(String name, boolean glance) {
        Path model = folder == null ? Path.of(name) : folder.resolve(name);
        try {
            Bundle bundle = glance ? Bundle.glance(model) : Bundle.open(model);
            if (!bundle.manifest().name().equals(name)) {
                throw new BundleException("the folder holds the model " + bundle.manifest().name());
            }
            return bundle;
        } catch (BundleException e) {
            throw new BundleException(
                    "the model %s that ships with Snug cannot be used: %s. Restore %s as it came with Snug"
                            .formatted(name, e.getMessage(), model),
                    e);
        }
    }

    /** Checks that {@code bundle} is not one of these, which no command changes. */
    void requireNotIn(Bundle bundle, String doing) throws IOException {
        if (folder != null
                && Files.isDirectory(folder)
                && bundle.folder().startsWith(folder.toRealPath())) {
            throw new BundleException(
                    "cannot "
                            + doing
                            + ": it ships with Snug, and nothing is written beside such a model");
        }
    }
}
