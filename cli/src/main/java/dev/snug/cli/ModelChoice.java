package dev.snug.cli;

import dev.snug.runtime.bundle.AnsweringModel;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.catalog.KnownModel;

import org.jspecify.annotations.Nullable;

/**
 * Which model answers: the one named, the default, the only one, the one that ships with Snug, or
 * one to fetch.
 */
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
        return named != null
                ? named
                : AnsweringModel.of(store, ClassifierImport.KIND)
                        .map(AnsweringModel::name)
                        .orElseGet(this::fetched);
    }

    /**
     * The speech model that answers.
     *
     * @param named what the user asked for; null leaves the choice here
     * @throws BundleException when nothing fits; says how a model is made
     */
    AnsweringModel speech(@Nullable String named) {
        return named != null
                ? new AnsweringModel(named, false)
                : AnsweringModel.of(store, SpeechSettings.KIND)
                        .orElseThrow(
                                () ->
                                        new BundleException(
                                                "no speech model is installed. Import one: snug"
                                                    + " import model-bin.pt, or: snug import"
                                                    + " F5TTS_v1_Base --vocos vocos-mel-24khz; or"
                                                    + " make one with random weights: snug"
                                                    + " synth-model f5-base NAME"));
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
