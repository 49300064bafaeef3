package dev.snug.speech.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.speech.Golden;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.text.Passage;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/**
 * What the check finds in recordings made for it: espeak's speech of the golden reference said two
 * or more times, and the same with one thing wrong.
 */
final class VoiceCheckTest {
    private static final int RATE = 24_000;
    private static final Passage TWICE = Passage.composed("Xin chào các bạn. Xin chào các bạn.");

    @Test
    void speechWithItsTextIsAGoodVoice() {
        VoiceCheck check = VoiceCheck.of(recording(speech(2)), TWICE);

        assertThat(check.findings()).isEmpty();
        assertThat(check.hasErrors()).isFalse();
    }

    @Test
    void silenceAtBothEndsIsTakenOff() {
        float[] speech = speech(2);
        float[] padded = new float[speech.length + 8 * RATE];
        System.arraycopy(speech, 0, padded, 3 * RATE, speech.length);

        VoiceCheck check = VoiceCheck.of(recording(padded), TWICE);

        double plain = VoiceCheck.of(recording(speech), TWICE).trimmed().seconds();
        assertThat(check.findings()).isEmpty();
        assertThat(check.trimmed().seconds()).isCloseTo(plain, within(0.25));
    }

    @Test
    void tooShortAndTooLongAreErrorsWithTheLength() {
        VoiceCheck once =
                VoiceCheck.of(recording(speech(1)), Passage.composed("Xin chào các bạn."));
        VoiceCheck often =
                VoiceCheck.of(
                        recording(speech(12)), Passage.composed("Xin chào các bạn. ".repeat(12)));

        assertThat(once.hasErrors()).isTrue();
        assertThat(messages(once))
                .singleElement()
                .asString()
                .matches("1\\.\\d s of speech are too short; record 2 to 15 s");
        assertThat(often.hasErrors()).isTrue();
        assertThat(messages(often))
                .singleElement()
                .asString()
                .matches("1\\d\\.\\d s of speech are too long; .* at most 15 s");
    }

    @Test
    void clippingIsAWarningWithItsShare() {
        float[] loud = speech(2);
        for (int i = 0; i < loud.length; i++) {
            loud[i] = Math.clamp(loud[i] * 8, -1, 1);
        }
        VoiceCheck check = VoiceCheck.of(recording(loud), TWICE);

        assertThat(check.hasErrors()).isFalse();
        assertThat(messages(check).getFirst())
                .contains("clipped at full scale, and 0.10 % are the limit");
    }

    @Test
    void aWhisperOfARecordingIsAWarning() {
        float[] quiet = speech(2);
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] /= 100;
        }
        assertThat(messages(VoiceCheck.of(recording(quiet), TWICE)))
                .singleElement()
                .asString()
                .contains("its level is 0.00", "0.005 is the limit");
    }

    @Test
    void longPausesAreAWarning() {
        float[] speech = speech(2);
        float[] paused = Arrays.copyOf(speech, speech.length + 4 * RATE);
        System.arraycopy(speech, 0, paused, 4 * RATE + speech.length / 2, speech.length / 2);
        Arrays.fill(paused, speech.length / 2, 4 * RATE + speech.length / 2, 0);

        assertThat(messages(VoiceCheck.of(recording(paused), TWICE)))
                .singleElement()
                .asString()
                .matches("\\d\\d % of it are silence, and 50 % are the limit; cut the pauses out");
    }

    @Test
    void aSteadyToneIsNoSpeech() {
        float[] tone = new float[4 * RATE];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = 0.3f * (float) Math.sin(i * 0.1);
        }
        assertThat(messages(VoiceCheck.of(recording(tone), TWICE)))
                .singleElement()
                .asString()
                .contains("dB above its soft ones", "noise or music");
    }

    @Test
    void aTextThatCannotBelongIsAWarning() {
        Recording speech = recording(speech(2));

        assertThat(messages(VoiceCheck.of(speech, Passage.composed("Ừ."))))
                .singleElement()
                .asString()
                .startsWith("1 letters of text in ")
                .endsWith("does the text belong to the recording?");
        assertThat(
                        messages(
                                VoiceCheck.of(
                                        speech, Passage.composed("Xin chào các bạn. ".repeat(9)))))
                .singleElement()
                .asString()
                .contains("speech has 2 to 30");
    }

    private static List<String> messages(VoiceCheck check) {
        return check.findings().stream().map(Finding::message).toList();
    }

    private static Recording recording(float[] samples) {
        return new Recording(samples, RATE);
    }

    private static float[] speech(int times) {
        float[] once = Golden.reference();
        float[] speech = new float[times * once.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(once, 0, speech, i * once.length, once.length);
        }
        return speech;
    }
}
