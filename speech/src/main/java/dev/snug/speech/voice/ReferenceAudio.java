package dev.snug.speech.voice;

import dev.snug.speech.sound.Recording;
import dev.snug.speech.sound.SoundException;
import dev.snug.speech.sound.SoundReader;
import dev.snug.speech.text.Reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads recordings that a voice is taken from, within limits that a model can follow. */
public final class ReferenceAudio {
    /** Seconds; a shorter one holds two or three syllables, and models babble after it. */
    public static final double SECONDS_MIN = 1;

    /** Seconds; the models were trained with up to 30 s of speech at once. */
    public static final double SECONDS_MAX = 30;

    /** Seconds of a model's own voices, which its maker chose. */
    private static final double MODEL_SECONDS_MAX =
            Reference.SAMPLES_MAX / (double) Reference.SAMPLE_RATE;

    /** Loudest sample, full scale 1, -60 dB: below it nothing can be heard. */
    static final float PEAK_MIN = 0.001f;

    private ReferenceAudio() {}

    /**
     * A recording that somebody brings.
     *
     * @throws SoundException when it is no sound file that is read, damaged, silent or not 1 to 30
     *     s long
     */
    public static Recording read(Path file) throws IOException {
        Recording recording = heard(file, SECONDS_MAX);
        if (recording.seconds() < SECONDS_MIN) {
            throw new SoundException(
                    "%s is %.2f s long; a voice takes %.0f to %.0f s of speech"
                            .formatted(
                                    file.getFileName(),
                                    recording.seconds(),
                                    SECONDS_MIN,
                                    SECONDS_MAX));
        }
        return recording;
    }

    /**
     * The same for a process that has room for {@code samplesMax} samples.
     *
     * @throws SoundException also when it has more of them
     */
    public static Recording forVoice(Path file, long samplesMax) throws IOException {
        return heard(file, VoiceCheck.READ_SECONDS_MAX, samplesMax);
    }

    /**
     * The recording of a voice that was added or came with a model.
     *
     * @throws SoundException when it is no sound file that is read, damaged, silent or longer than
     *     a minute
     */
    public static Recording of(ListedVoice voice) throws IOException {
        return heard(voice.recording(), MODEL_SECONDS_MAX);
    }

    /**
     * A recording that a voice is to be made of; {@link VoiceCheck} says whether it is good.
     *
     * @throws SoundException when it is no sound file that is read, damaged, silent or longer than
     *     a minute
     */
    public static Recording forVoice(Path file) throws IOException {
        return heard(file, VoiceCheck.READ_SECONDS_MAX);
    }

    private static Recording heard(Path file, double secondsMax) throws IOException {
        return heard(file, secondsMax, Long.MAX_VALUE);
    }

    private static Recording heard(Path file, double secondsMax, long samplesMax)
            throws IOException {
        if (!Files.exists(file)) {
            throw new SoundException(file + ": no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new SoundException(file + ": not a regular file");
        }
        Recording recording = SoundReader.read(file, secondsMax, samplesMax);
        float peak = 0;
        for (float sample : recording.samples()) {
            peak = Math.max(peak, Math.abs(sample));
        }
        if (peak < PEAK_MIN) {
            throw new SoundException(
                    "%s is silent: its loudest sample is %.5f of full scale, and %s is the least that can be heard"
                            .formatted(file.getFileName(), peak, PEAK_MIN));
        }
        return recording;
    }
}
