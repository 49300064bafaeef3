package dev.snug.cli;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Listing;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Origin;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.catalog.KnownModel;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * Which model answers: the one named, the default, the only one, the one that ships with Snug, or
 * one to fetch.
 */
final class ModelChoice {
    /**
     * A model that answers.
     *
     * @param isFallback whether nothing was asked for or installed, so that a shipped one does
     */
    record Choice(String name, boolean isFallback) {}

    private final Surroundings surroundings;
    private final BundleStore store;
    private final boolean yes;

    ModelChoice(Surroundings surroundings, BundleStore store, boolean yes) {
        this.surroundings = surroundings;
        this.store = store;
        this.yes = yes;
    }

    /**
     * The name of an installed classifier.
     *
     * @param named what the user asked for; null leaves the choice here
     * @throws BundleException when nothing fits or the user does not want a download
     */
    String classifier(@Nullable String named) {
        return named != null
                ? named
                : answering(ClassifierImport.KIND).map(Choice::name).orElseGet(this::fetched);
    }

    /**
     * The speech model that answers.
     *
     * @param named what the user asked for; null leaves the choice here
     * @throws BundleException when nothing fits; says how a model is made
     */
    Choice speech(@Nullable String named) {
        return named != null
                ? new Choice(named, false)
                : answering(SpeechSettings.KIND)
                        .orElseThrow(
                                () ->
                                        new BundleException(
                                                "no speech model is installed. Import one: snug"
                                                    + " import model-bin.pt, or: snug import"
                                                    + " F5TTS_v1_Base --vocos vocos-mel-24khz; or"
                                                    + " make one with random weights: snug"
                                                    + " synth-model f5-base NAME"));
    }

    /**
     * The model of {@code kind} that answers where none is named: the chosen default, else the only
     * one of the user's own, else the one that ships with Snug; empty when there is none.
     *
     * @throws BundleException when there are several and none is the default, or one broke
     */
    Optional<Choice> answering(String kind) {
        Optional<String> chosen = store.defaultModel(kind).filter(store::contains);
        if (chosen.isPresent()) {
            return chosen.map(name -> new Choice(name, false));
        }
        List<Listing> all = store.list();
        List<Listing> own =
                all.stream().filter(listing -> listing.origin() != Origin.SHIPPED).toList();
        Optional<String> only = only(own, kind);
        if (only.isPresent()) {
            return only.map(name -> new Choice(name, false));
        }
        requireNoneBroken(own);
        List<Listing> shipped =
                all.stream().filter(listing -> listing.origin() == Origin.SHIPPED).toList();
        return only(shipped, kind).map(name -> new Choice(name, true));
    }

    private static Optional<String> only(List<Listing> listings, String kind) {
        List<String> fitting =
                listings.stream()
                        .filter(Listing.Whole.class::isInstance)
                        .map(listing -> ((Listing.Whole) listing).manifest())
                        .filter(manifest -> manifest.kind().equals(kind))
                        .map(Manifest::name)
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
            if (listing instanceof Listing.Broken(String name, BundleException error, var _)) {
                throw new BundleException(
                        "model %s is broken: %s. Import it again, or: snug models remove %s"
                                .formatted(name, error.getMessage(), name),
                        error);
            }
        }
    }

    private String fetched() {
        KnownModel known = KnownModel.all().getFirst();
        surroundings.err().println("snug: no model is installed. " + PullCommand.describe(known));
        if (!yes && !surroundings.agrees("Fetch it now?")) {
            throw new BundleException(
                    "no model is installed. Fetch one with `snug pull "
                            + known.name()
                            + "` or import your own: snug import model.keras");
        }
        return new Pull(surroundings, store).run(known, null);
    }
}
