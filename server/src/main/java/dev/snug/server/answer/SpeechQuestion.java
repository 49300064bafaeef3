package dev.snug.server.answer;

import dev.snug.speech.sound.SoundFormat;

import org.jspecify.annotations.Nullable;

/**
 * What is to be spoken.
 *
 * @param model that is to speak; null for the default
 * @param text what to say
 * @param voice name of one of the model's voices; null for its first
 * @param speed 0.25 to 4; 1 as it is
 * @param steps from noise to speech; null for the model's default
 * @param seed of the noise
 * @param format of the sound
 */
public record SpeechQuestion(
        @Nullable String model,
        String text,
        @Nullable String voice,
        double speed,
        @Nullable Integer steps,
        long seed,
        Format format) {
    /** How sound is written. */
    public enum Format {
        /** RIFF WAVE, 16 bit, mono, 24 kHz; the sizes in its head say "unknown". */
        WAV(SoundFormat.WAV.type()),
        /** The same samples without a head: 16 bit little endian, mono, 24 kHz. */
        PCM("audio/pcm;rate=24000"),
        /** The same samples, half as large; the length in its head says "unknown". */
        FLAC(SoundFormat.FLAC.type()),
        /** Lossy, 64 kbit/s; its head does not say how long it is. */
        MP3(SoundFormat.MP3.type()),
        /** Opus in Ogg; lossy, 32 kbit/s. */
        OPUS(SoundFormat.OPUS.type());

        private final String type;

        Format(String type) {
            this.type = type;
        }

        /** Its content type. */
        public String type() {
            return type;
        }
    }
}
