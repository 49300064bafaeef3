package dev.snug.runtime.bundle;

import java.util.List;
import java.util.Optional;

/**
 * The model that answers where none is named; a variant only where it was chosen.
 *
 * @param isFallback whether nothing was asked for or installed, so that a shipped one does
 */
public record AnsweringModel(String name, boolean isFallback) {
    /**
     * The model of {@code kind} that answers where none is named: the chosen default, else the only
     * one of the user's own, else the one that ships with Snug; empty when there is none.
     *
     * @throws BundleException when there are several and none is the default, or one broke
     */
    public static Optional<AnsweringModel> of(BundleStore store, String kind) {
        Optional<String> chosen = store.defaultModel(kind).filter(store::contains);
        if (chosen.isPresent()) {
            return chosen.map(name -> new AnsweringModel(name, false));
        }
        List<Listing> all = store.list();
        List<Listing> own =
                all.stream().filter(listing -> listing.origin() != Origin.SHIPPED).toList();
        Optional<String> only = only(own, kind);
        if (only.isPresent()) {
            return only.map(name -> new AnsweringModel(name, false));
        }
        requireNoneBroken(own);
        List<Listing> shipped =
                all.stream().filter(listing -> listing.origin() == Origin.SHIPPED).toList();
        return only(shipped, kind).map(name -> new AnsweringModel(name, true));
    }

    private static Optional<String> only(List<Listing> listings, String kind) {
        List<String> fitting =
                listings.stream()
                        .filter(Listing.Whole.class::isInstance)
                        .map(listing -> ((Listing.Whole) listing).manifest())
                        .filter(manifest -> manifest.kind().equals(kind))
                        .map(Manifest::name)
                        .filter(name -> !ModelName.of(name).isVariant())
                        .toList();
        if (fitting.size() > 1) {
            throw new BundleException(
                    "several models are installed: %s. Say which: --model NAME, or once and for all: snug models use NAME"
                            .formatted(String.join(", ", fitting)));
        }
        return fitting.stream().findFirst();
    }

    /** A model that broke is not silently replaced by another one that gives other answers. */
    private static void requireNoneBroken(List<Listing> all) {
        for (Listing listing : all) {
            if (listing instanceof Listing.Broken(String name, BundleException error, var _)
                    && !ModelName.of(name).isVariant()) {
                throw new BundleException(
                        "model %s is broken: %s. Import it again, or: snug models remove %s"
                                .formatted(name, error.getMessage(), name),
                        error);
            }
        }
    }
}
