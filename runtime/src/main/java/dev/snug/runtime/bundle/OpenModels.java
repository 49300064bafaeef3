package dev.snug.runtime.bundle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Opens models without a lock: the user's own, then those that ship with Snug. */
final class OpenModels {
    /** Openings that fail, each at another state of the folder, before the reader gives up. */
    private static final int OPEN_TRIES = 30;

    private final Path models;
    private final ShippedModels shipped;
    private final ModelFolders folders;

    OpenModels(Path models, ShippedModels shipped, ModelFolders folders) {
        this.models = models;
        this.shipped = shipped;
        this.folders = folders;
    }

    /**
     * The model {@code name}, the user's own before a shipped one.
     *
     * @param glance leaves the content of its files unchecked
     * @throws BundleException when there is none, or it is not whole
     */
    Bundle open(String name, boolean glance) {
        boolean isShipped = shipped.contains(name);
        // Where nobody ever wrote a model of the name, there is no writer to be waited for.
        if (!isShipped || folders.mayHold(name)) {
            Optional<Bundle> own = own(name, glance);
            if (own.isPresent()) {
                requireOfBase(own.get());
                return own.get();
            }
        }
        if (!isShipped) {
            throw missing(name);
        }
        return shipped.open(name, glance);
    }

    /**
     * Opens without a lock. While a writer is between its renames a reader may look where the model
     * was a moment ago, so one failure proves nothing: it is believed when the same state of the
     * same folder fails twice, or when there is nothing to be found for as long as no rename takes:
     * then the answer is empty.
     */
    private Optional<Bundle> own(String name, boolean glance) {
        String failedState = "";
        for (int tries = 1; ; tries++) {
            Path folder = folders.settled(name);
            String identity = Bundle.identity(folder);
            String state = folder + " " + identity;
            try {
                Bundle bundle = glance ? Bundle.glance(folder) : Bundle.open(folder);
                requireName(name, bundle);
                return Optional.of(bundle);
            } catch (BundleException e) {
                boolean sure = identity != null && state.equals(failedState);
                if (sure || tries == OPEN_TRIES) {
                    if (Files.exists(folder)) {
                        throw e;
                    }
                    return Optional.empty();
                }
                failedState = state;
            }
            ModelFolders.pause();
        }
    }

    /** A variant of a model that was replaced since would answer for a model that is no more. */
    private void requireOfBase(Bundle bundle) {
        ModelName name = ModelName.of(bundle.manifest().name());
        if (name.isVariant()) {
            Manifest base = open(name.base(), true).manifest();
            if (!base.sourceSha256().equals(bundle.manifest().sourceSha256())) {
                throw new BundleException(
                        "%s was made from another %s than the one that is installed now; make it again: snug quantize %s --to %s"
                                .formatted(
                                        name,
                                        name.base(),
                                        name.base(),
                                        name.precision().orElseThrow()));
            }
        }
    }

    private static void requireName(String name, Bundle bundle) {
        if (!bundle.manifest().name().equals(name)) {
            throw new BundleException(
                    "folder "
                            + name
                            + " holds the model "
                            + bundle.manifest().name()
                            + "; rename the folder back, or import the model under the new name");
        }
    }

    /** What is said where no model is called {@code name}. */
    BundleException missing(String name) {
        Set<String> names = new TreeSet<>(folders.names());
        names.addAll(shipped.names());
        String others =
                names.isEmpty()
                        ? "nor any other"
                        : "there are " + String.join(", ", names.stream().limit(10).toList());
        return new BundleException("there is no model " + name + " in " + models + "; " + others);
    }
}
