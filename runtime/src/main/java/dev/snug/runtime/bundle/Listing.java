package dev.snug.runtime.bundle;

import java.nio.file.Path;

/** One folder of the store as a list shows it: a model, or what is wrong with it. */
public sealed interface Listing {
    /** The model's name, which is its folder's. */
    String name();

    /** Whose it is. */
    Origin origin();

    /** A model whose files are all there; their content was not read. */
    record Whole(Manifest manifest, Path folder, Origin origin) implements Listing {
        @Override
        public String name() {
            return manifest.name();
        }
    }

    /** A folder that holds no whole model. */
    record Broken(String name, BundleException error, Origin origin) implements Listing {}
}
