package dev.snug.cli;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Listing;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.catalog.KnownModel;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/** Which installed model answers: the one named, the default, the only one, or one to fetch. */
final class ModelChoice {
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
        return named != null ? named : installed(ClassifierImport.KIND).orElseGet(this::fetched);
    }

    /**
     * The name of an installed speech model.
     *
     * @param named what the user asked for; null leaves the choice here
     * @throws BundleException when nothing fits; says how a model is made
     */
    String speech(@Nullable String named) {
        return named != null
                ? named
                : installed(SpeechSettings.KIND)
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
     * The model of {@code kind} that answers where none is named; empty when none is installed.
     *
     * @throws BundleException when there are several and none is the default, or one broke
     */
    Optional<String> installed(String kind) {
        Optional<String> chosen = store.defaultModel(kind).filter(store::contains);
        if (chosen.isPresent()) {
            return chosen;
        }
        List<Listing> all = store.list();
        List<String> installed =
                all.stream()
                        .filter(Listing.Whole.class::isInstance)
                        .map(listing -> ((Listing.Whole) listing).manifest())
                        .filter(manifest -> manifest.kind().equals(kind))
                        .map(Manifest::name)
                        .toList();
        return switch (installed.size()) {
            case 0 -> {
                requireNoneBroken(all);
                yield Optional.empty();
            }
            case 1 -> Optional.of(installed.getFirst());
            default ->
                    throw new BundleException(
                            "several models are installed: %s. Say which: --model NAME, or once and for all: snug models use NAME"
                                    .formatted(String.join(", ", installed)));
        };
    }

    /** A model that broke is not silently replaced by another one that gives other answers. */
    private static void requireNoneBroken(List<Listing> all) {
        for (Listing listing : all) {
            if (listing instanceof Listing.Broken(String name, BundleException error)) {
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
