package dev.snug.speech;

import dev.snug.speech.aligned.AlignedNetworks;
import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.network.Networks;
import dev.snug.speech.sound.Levels;
import dev.snug.speech.sound.Loudness;
import dev.snug.speech.sound.Resampling;
import dev.snug.speech.text.Reference;

import org.jspecify.annotations.Nullable;

/** A voice as a model takes it: 24 kHz, at the rules' level, with its mel once it was asked for. */
final class PreparedVoice {
    /** What VietVoice-TTS computes levels with: floats of the size of int16. */
    private static final float INT16_SCALE = 32_768;

    private final VoiceSample source;
    private final Family levels;
    private final Loudness loudness;
    private final float[] samples;
    private final Reference reference;
    private float @Nullable [] mel;

    PreparedVoice(VoiceSample source, Family levels) {
        this.source = source;
        this.levels = levels;
        // As F5-TTS, which measures what was recorded, before it resamples.
        this.loudness = Loudness.of(source.recording().samples());
        float[] resampled = Resampling.at(source.recording(), Reference.SAMPLE_RATE).samples();
        this.reference = new Reference(source.text(), resampled.length);
        this.samples =
                switch (levels) {
                    case F5 -> loudness.raised(resampled);
                    case VIETVOICE -> normalized(resampled);
                    case ALIGNED -> loudness.near(AlignedNetworks.LEVEL, resampled);
                };
    }

    private static float[] normalized(float[] samples) {
        float[] scaled = new float[samples.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = samples[i] * INT16_SCALE;
        }
        short[] levelled = Levels.normalized(scaled);
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = levelled[i] / INT16_SCALE;
        }
        return scaled;
    }

    boolean isOf(VoiceSample other, Family otherLevels) {
        return source.equals(other) && levels == otherLevels;
    }

    Reference reference() {
        return reference;
    }

    float[] samples() {
        return samples;
    }

    /** [frames, 100]; computed once. */
    float[] mel(Networks networks) {
        float[] known = mel;
        if (known == null) {
            known = networks.mel(samples);
            if (known.length != reference.frames() * Networks.BANDS) {
                throw new IllegalStateException(
                        "the model made %d mel values of a reference of %d frames"
                                .formatted(known.length, reference.frames()));
            }
            mel = known;
        }
        return known;
    }

    /** What the model says, as loud as the rules have it. */
    float[] restored(float[] speech) {
        return levels == Family.F5 ? loudness.restored(speech) : speech;
    }
}
