package dev.snug.speech.voice;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.sound.Noise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The voices that a model can speak with: the user's own, then those that came with it. Names are
 * unique: where the user's own has the name of a model's, the model's is not listed.
 */
public final class VoiceBook {
    /** Voices named in an error; the command that lists all is named too. */
    private static final int SHOWN_MAX = 12;

    private final List<ListedVoice> voices;

    public VoiceBook(List<ListedVoice> own, List<ListedVoice> ofModel) {
        Set<String> names = new HashSet<>();
        List<ListedVoice> unique = new ArrayList<>();
        Stream.concat(own.stream(), ofModel.stream())
                .filter(voice -> names.add(voice.name()))
                .forEach(unique::add);
        this.voices = List.copyOf(unique);
    }

    /** The voices that came with a model. */
    public static List<ListedVoice> ofModel(Bundle bundle, SpeechSettings settings) {
        return settings.voices().stream()
                .map(voice -> new ListedVoice(voice, bundle.file(voice.file()), false))
                .toList();
    }

    /** All voices, the user's own first. */
    public List<ListedVoice> all() {
        return voices;
    }

    /**
     * The voice called {@code name}.
     *
     * @throws VoiceException when there is none; lists those that there are
     */
    public ListedVoice find(String name) {
        return voices.stream()
                .filter(voice -> voice.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new VoiceException("there is no voice " + name + "; " + existing()));
    }

    /**
     * All voices that {@code wish} describes.
     *
     * @throws VoiceException when there is none; lists those that there are, with their traits
     */
    public List<ListedVoice> matching(Traits wish) {
        List<ListedVoice> matching =
                voices.stream().filter(voice -> voice.voice().traits().meet(wish)).toList();
        if (matching.isEmpty()) {
            String asked =
                    wish.equals(Traits.NONE)
                            ? ""
                            : " is " + String.join(" ", wish.words().values());
            throw new VoiceException("no voice" + asked + "; " + existing());
        }
        return matching;
    }

    /**
     * One of the voices that {@code wish} describes, decided by {@code seed} alone: number {@code
     * mixed(seed) mod count} in the order of {@link #all}, so that seeds side by side differ.
     */
    public ListedVoice chosen(Traits wish, long seed) {
        List<ListedVoice> matching = matching(wish);
        return matching.get(Math.floorMod(Noise.mixed(seed), matching.size()));
    }

    private String existing() {
        if (voices.isEmpty()) {
            return "there is none at all. Add one: snug voice add NAME recording.wav --text \"…\"";
        }
        String shown =
                voices.stream()
                        .limit(SHOWN_MAX)
                        .map(voice -> described(voice))
                        .collect(Collectors.joining(", "));
        int more = voices.size() - SHOWN_MAX;
        return "there are " + shown + (more > 0 ? " and " + more + " more: snug voices" : "");
    }

    private static String described(ListedVoice voice) {
        String traits = String.join(" ", voice.voice().traits().words().values());
        return traits.isEmpty() ? voice.name() : voice.name() + " (" + traits + ")";
    }
}
