package dev.snug.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.aloud.SpokenText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Speech that is gone on with, and whose first chunk is short. The oracle is the same speech in one
 * go.
 */
final class ResumeTest {
    /** Six chunks, of which the third ends. */
    private static final Passage TEXT =
            Passage.composed(
                    "Trời hôm nay đẹp quá! Chúng ta đi dạo nhé? Buổi chiều, gió thổi nhẹ qua hàng"
                            + " cây xanh. [pause 300ms] Đêm xuống, trăng lên cao sau nhà. Mọi người"
                            + " ngồi kể chuyện cho nhau nghe mãi.");

    private final Speaker speaker = new Speaker(new FakeNetworks(), Speech.vocabulary());

    /** What went to a sink: samples before each state, and the states. */
    private static final class Kept implements SoundSink {
        private final List<Short> samples = new ArrayList<>();
        private final List<Integer> counts = new ArrayList<>();
        private final List<SpeechState> states = new ArrayList<>();

        @Override
        public void write(short[] written) {
            for (short sample : written) {
                samples.add(sample);
            }
        }

        @Override
        public void chunkEnded(SpeechState state) {
            states.add(state);
            counts.add(samples.size());
        }
    }

    private static SpeechRequest request(Compat compat, OptionalDouble first) {
        Rules rules = Rules.of(compat, Family.VIETVOICE);
        SpeechRequest plain = Speech.request(TEXT, rules, Speech.chunks(4.5));
        return new SpeechRequest(
                plain.passage(),
                plain.voice(),
                rules,
                plain.pace(),
                plain.sampling(),
                compat == Compat.NONE ? SpokenText.usual() : null,
                plain.noise(),
                null,
                rules.crossFadeSamples(),
                first);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "F5"})
    void goingOnBehindAnyChunkGivesTheSameSamples(Compat compat) throws IOException {
        SpeechPlan plan = speaker.plan(request(compat, OptionalDouble.empty()));
        Kept whole = new Kept();
        speaker.speak(plan, whole, SpeechListener.NONE, StageObserver.NONE);
        assertThat(whole.states).hasSameSizeAs(plan.script().chunks()).hasSizeGreaterThan(2);
        for (int done = 0; done < whole.states.size(); done++) {
            Kept rest = new Kept();
            rest.samples.addAll(whole.samples.subList(0, whole.counts.get(done)));
            speaker.speak(
                    plan, whole.states.get(done), rest, SpeechListener.NONE, StageObserver.NONE);
            assertThat(rest.samples).as("behind chunk " + done).isEqualTo(whole.samples);
        }
    }

    @Test
    void aShortFirstChunkSaysTheSameWords() {
        List<Chunk> usual =
                speaker.plan(request(Compat.NONE, OptionalDouble.empty())).script().chunks();
        List<Chunk> early =
                speaker.plan(request(Compat.NONE, OptionalDouble.of(1))).script().chunks();

        assertThat(early).hasSize(usual.size() + 1);
        assertThat(early.get(0).text() + " " + early.get(1).text())
                .isEqualTo(usual.getFirst().text());
        assertThat(early.get(0).frames()).isLessThan(usual.getFirst().frames());
        assertThat(early.subList(2, early.size())).isEqualTo(usual.subList(1, usual.size()));
    }
}
