package dev.snug.speech;

import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.sound.Noise;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Vocabulary;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Requests that the tests of the pipeline share, over the golden vocabulary. */
final class Speech {
    static final String REFERENCE_TEXT = "Chương hai, con đường trở về nhà.";

    /** Samples of the golden voice that says it. */
    static final int REFERENCE_SAMPLES = 56_256;

    static final Passage THREE =
            Passage.composed(
                    "Trời hôm nay đẹp quá! Chúng ta đi dạo nhé? Buổi chiều, gió thổi nhẹ qua hàng"
                            + " cây xanh.");

    private Speech() {}

    static Vocabulary vocabulary() {
        try {
            return Vocabulary.read(StageGolden.file("vocab.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tone of {@code peak} under the words of the golden voice. */
    static VoiceSample voice(float peak) {
        float[] samples = new float[REFERENCE_SAMPLES];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = peak * (float) Math.sin(i * 0.05);
        }
        return new VoiceSample(
                "tone", new Recording(samples, 24_000), Passage.composed(REFERENCE_TEXT));
    }

    static Pace chunks(double seconds) {
        return new Pace(1, seconds, 1, OptionalDouble.empty());
    }

    static SpeechRequest request(Passage passage, Rules rules, Pace pace) {
        return request(passage, rules, pace, SamplingWish.DEFAULT, 1);
    }

    static SpeechRequest request(
            Passage passage, Rules rules, Pace pace, SamplingWish wish, long seed) {
        return with(passage, rules, pace, wish, seed, null);
    }

    static SpeechRequest with(
            Passage passage,
            Rules rules,
            Pace pace,
            SamplingWish wish,
            long seed,
            @Nullable GivenNoise noise) {
        return new SpeechRequest(
                passage,
                voice(0.5f),
                rules,
                pace,
                wish,
                null,
                new Noise(seed)::values,
                noise,
                rules.crossFadeSamples());
    }

    /** The long golden case of VietVoice-TTS: two chunks of 490 frames. */
    static SpeechRequest vietVoiceLong() {
        Rules rules = Rules.of(Compat.NONE, Family.VIETVOICE);
        return request(THREE, rules, chunks(6));
    }

    /** All samples that a request gives. */
    static short[] spoken(Speaker speaker, SpeechRequest request) throws IOException {
        List<short[]> parts = new ArrayList<>();
        Spoken spoken = speaker.speak(request, parts::add);
        short[] whole = new short[Math.toIntExact(spoken.samples())];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        if (at != whole.length) {
            throw new AssertionError(at + " samples came, " + whole.length + " were reported");
        }
        return whole;
    }
}
