package dev.snug.server.work;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Listing;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.AnswerException.Kind;
import dev.snug.server.answer.VoiceCard;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.VoiceBook;
import dev.snug.speech.voice.VoiceFolders;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The voices that are there, looked up anew each time; no recording is opened. */
final class VoiceShelf {
    private final BundleStore store;
    private final VoiceFolders folders;

    VoiceShelf(BundleStore store, Path home) {
        this.store = store;
        this.folders = new VoiceFolders(home);
    }

    /** The user's own, then those of each model that none of the user's own hides. */
    List<VoiceCard> cards() {
        List<VoiceCard> cards = new ArrayList<>();
        Set<String> own = new HashSet<>();
        try {
            for (ListedVoice voice : folders.list()) {
                cards.add(card(voice, null));
                own.add(voice.name());
            }
        } catch (BundleException e) {
            throw new AnswerException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
        for (Listing listing : store.list()) {
            if (listing instanceof Listing.Whole whole
                    && whole.manifest().kind().equals(SpeechSettings.KIND)) {
                String model = whole.name();
                ofModel(model).stream()
                        .filter(voice -> !own.contains(voice.name()))
                        .forEach(voice -> cards.add(card(voice, model)));
            }
        }
        return cards;
    }

    private List<ListedVoice> ofModel(String name) {
        Bundle bundle = store.open(name);
        return VoiceBook.ofModel(bundle, SpeechSettings.parse(bundle.manifest().settings(), name));
    }

    /**
     * Checks that no voice is called {@code name}, neither one of the user's own nor a model's: who
     * asks for that one expects it.
     */
    void requireFree(String name) {
        if (cards().stream().anyMatch(card -> card.name().equals(name))) {
            throw taken(name);
        }
    }

    /** Removes one of the user's own. */
    void remove(String name) {
        if (!folders.has(name)) {
            throw new AnswerException(
                    Kind.VOICE_NOT_FOUND,
                    "there is no voice of your own that is called so; those of a model go with it:"
                            + " GET /v1/audio/voices");
        }
        try {
            folders.remove(name);
        } catch (BundleException e) {
            throw new AnswerException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    static AnswerException taken(String name) {
        return new AnswerException(
                Kind.VOICE_EXISTS,
                "there is a voice %s already; remove it first, or take another name"
                        .formatted(name));
    }

    /**
     * A voice as it is shown.
     *
     * @param model that it came with; null for one of the user's own
     */
    static VoiceCard card(ListedVoice voice, @Nullable String model) {
        return new VoiceCard(
                voice.name(),
                model,
                voice.voice().text().isVietnamese() ? "vi" : null,
                voice.voice().traits().words(),
                FileTimes.seconds(voice.recording()));
    }
}
