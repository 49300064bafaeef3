package dev.snug.speech;

import dev.snug.speech.aligned.AlignedText;
import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.sound.CosineJoin;
import dev.snug.speech.sound.LinearJoin;
import dev.snug.speech.text.F5Text;
import dev.snug.speech.text.FamilyText;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.VietVoiceText;
import dev.snug.speech.text.Vocabulary;

import java.util.List;
import java.util.Locale;

/**
 * What text, levels, durations and joins are done by: Snug's own rules, or those of another system
 * whose sound is to come out sample by sample.
 *
 * @param compat whose rules they are
 * @param family whose text and level rules are followed
 * @param pace the system's own, where nobody says otherwise
 * @param crossFadeSamples the system's own, at 24 kHz
 */
public record Rules(Compat compat, Family family, Pace pace, int crossFadeSamples) {
    /** F5-TTS speaks 22 s at once; 15 s take a third less memory, and chunks join unheard. */
    private static final double CHUNK_SECONDS = 15;

    /**
     * The rules that {@code compat} asks for on a model of {@code family}.
     *
     * @throws IllegalArgumentException when models of that family cannot follow them
     */
    public static Rules of(Compat compat, Family family) {
        if (family == Family.ALIGNED && compat != Compat.NONE) {
            throw new IllegalArgumentException(
                    "--compat %s is for models of F5-TTS and VietVoice-TTS; this one has rules of its own only: leave out --compat"
                            .formatted(compat.name().toLowerCase(Locale.ROOT)));
        }
        return switch (compat) {
            case F5 -> new Rules(compat, Family.F5, Pace.F5, LinearJoin.OVERLAP_SAMPLES);
            case VIETVOICE ->
                    new Rules(compat, Family.VIETVOICE, Pace.VIETVOICE, CosineJoin.OVERLAP_SAMPLES);
            case NONE -> new Rules(compat, family, ownPace(family), CosineJoin.OVERLAP_SAMPLES);
        };
    }

    private static Pace ownPace(Family family) {
        return switch (family) {
            case F5 ->
                    new Pace(
                            Pace.F5.speed(),
                            CHUNK_SECONDS,
                            Pace.F5.minSeconds(),
                            Pace.F5.fixedSeconds());
            case VIETVOICE -> Pace.VIETVOICE;
            case ALIGNED -> AlignedText.PACE;
        };
    }

    /** The seconds of {@link #crossFadeSamples}. */
    public double crossFadeSeconds() {
        return crossFadeSamples / (double) Reference.SAMPLE_RATE;
    }

    /**
     * Cleaning, cutting and tokens over {@code vocabulary}.
     *
     * @param tokenFrames how long each token lasts, in models that say so
     */
    FamilyText text(Vocabulary vocabulary, List<Float> tokenFrames) {
        return switch (family) {
            case F5 -> new F5Text(vocabulary);
            case VIETVOICE -> new VietVoiceText(vocabulary);
            case ALIGNED -> new AlignedText(vocabulary, tokenFrames);
        };
    }

    /** How {@code chunks} chunks become one sound. */
    Joining joining(int chunks, int overlapSamples) {
        return compat == Compat.F5
                ? Joining.linear(new LinearJoin(overlapSamples))
                : Joining.cosine(new CosineJoin(chunks, overlapSamples));
    }
}
