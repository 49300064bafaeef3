package dev.snug.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.npy.NpyFile;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Speech while it is made: what comes when, what is kept, what is shown. The oracles are the heap
 * of this process after a collection, and the plan.
 */
final class SpeakerStreamTest {
    private static final int CHUNKS = 1_000;

    /** A chunk's mel is 49,000 values: a list of them would take 190 KB a chunk. */
    private static final long BYTES_A_CHUNK_MAX = 500;

    private final FakeNetworks networks = new FakeNetworks();
    private final Speaker speaker = new Speaker(networks, Speech.vocabulary());

    @Test
    void aThousandChunksTakeTheMemoryOfTen() throws IOException {
        String sentence = "Trời hôm nay đẹp quá! Chúng ta đi dạo nhé? ";
        Passage passage = Passage.composed(sentence.repeat(CHUNKS));
        Pace pace = Speech.chunks(6);
        Rules rules = Rules.of(Compat.NONE, Family.VIETVOICE);
        List<Long> heaps = new ArrayList<>();
        networks.isRemembering = false;
        SpeechListener listener =
                new SpeechListener() {
                    @Override
                    public void chunk(SpeechPlan plan, int number, Chunk chunk) {
                        networks.schedules.clear();
                        if (number == 10 || number == CHUNKS - 10) {
                            heaps.add(heapBytes());
                        }
                    }
                };
        long[] samples = {0};

        Spoken spoken =
                speaker.speak(
                        speaker.plan(Speech.request(passage, rules, pace)),
                        part -> samples[0] += part.length,
                        listener,
                        StageObserver.NONE);

        assertThat(spoken.chunks()).isGreaterThanOrEqualTo(CHUNKS);
        assertThat(spoken.samples()).isEqualTo(samples[0]).isGreaterThan(60_000_000);
        assertThat(heaps.getLast() - heaps.getFirst()).isLessThan(CHUNKS * BYTES_A_CHUNK_MAX);
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void samplesComeChunkByChunk() throws IOException {
        List<Integer> soundsBefore = new ArrayList<>();
        Spoken spoken =
                speaker.speak(
                        Speech.vietVoiceLong(),
                        samples ->
                                soundsBefore.add(
                                        (int)
                                                networks.calls.stream()
                                                        .filter(call -> call.startsWith("sound"))
                                                        .count()));

        assertThat(soundsBefore).containsExactly(1, 2, 2);
        assertThat(spoken.chunks()).isEqualTo(2);
        assertThat(spoken.steps()).isEqualTo(4);
        assertThat(spoken.audioSeconds()).isEqualTo((2 * 69_120 - 2_400) / 24_000.0);
        assertThat(spoken.firstAudioSeconds()).isPositive().isLessThanOrEqualTo(spoken.seconds());
    }

    @Test
    void aListenerHearsOfChunksStepsAndTheFirstSound() throws IOException {
        List<String> heard = new ArrayList<>();
        speaker.speak(
                speaker.plan(Speech.vietVoiceLong()),
                samples -> heard.add("samples"),
                new SpeechListener() {
                    @Override
                    public void chunk(SpeechPlan plan, int number, Chunk chunk) {
                        heard.add("chunk " + number + " of " + plan.script().chunks().size());
                    }

                    @Override
                    public void step(int step, int steps) {
                        heard.add(step + "/" + steps);
                    }

                    @Override
                    public void firstAudio(double seconds) {
                        heard.add("first audio");
                    }
                },
                StageObserver.NONE);

        assertThat(heard)
                .containsExactly(
                        "chunk 0 of 2",
                        "0/4",
                        "1/4",
                        "2/4",
                        "3/4",
                        "first audio",
                        "samples",
                        "chunk 1 of 2",
                        "0/4",
                        "1/4",
                        "2/4",
                        "3/4",
                        "samples",
                        "samples");
    }

    @Test
    void whatIsNotReadIsToldOnce() throws IOException {
        Passage passage = Passage.composed("Giá 5 € và 7 €, xin chào 世 các bạn.");
        Rules rules = Rules.of(Compat.NONE, Family.VIETVOICE);

        Spoken spoken = speaker.speak(Speech.request(passage, rules, rules.pace()), s -> {});

        assertThat(spoken.unread()).containsExactly("€", "世");
    }

    @Test
    void everyStageCanBeWrittenAndReadBack(@TempDir Path folder) throws IOException {
        Path stages = folder.resolve("stages");
        speaker.speak(
                speaker.plan(Speech.vietVoiceLong()),
                s -> {},
                SpeechListener.NONE,
                new StageFiles(stages));

        Set<String> names = Set.of("tokens", "noise", "mel", "wave");
        for (int chunk = 1; chunk <= 2; chunk++) {
            for (String name : names) {
                assertThat(stages.resolve("chunk-00" + chunk + "-" + name + ".npy")).exists();
            }
        }
        assertThat(NpyFile.read(stages.resolve("reference-mel.npy"), 30_000).shape())
                .containsExactly(220, 100);
        assertThat(NpyFile.read(stages.resolve("chunk-002-mel.npy"), 60_000).floats())
                .isEqualTo(networks.lastMel);
        assertThat(NpyFile.read(stages.resolve("chunk-001-tokens.npy"), 100).wholes()).hasSize(75);
        assertThat(NpyFile.read(stages.resolve("chunk-001-wave.npy"), 100_000).shape())
                .containsExactly(69_120);
        assertThat(stages.resolve("script.json"))
                .content()
                .contains("\"frames\" : 490", "Chúng ta đi dạo nhé?", "\"reference_frames\" : 220");
    }

    @Test
    void cancellingEndsAtTheNextStep() {
        SpeechListener listener =
                new SpeechListener() {
                    @Override
                    public boolean isCancelled() {
                        return networks.calls.size() >= 8;
                    }
                };

        assertThatThrownBy(
                        () ->
                                speaker.speak(
                                        speaker.plan(Speech.vietVoiceLong()),
                                        samples -> {},
                                        listener,
                                        StageObserver.NONE))
                .isInstanceOf(CancellationException.class);
        assertThat(networks.calls).hasSize(8).endsWith("conditions 76 490");
    }

    @Test
    void anInterruptEndsItToo() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> speaker.speak(Speech.vietVoiceLong(), samples -> {}))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(networks.calls).isEmpty();
    }
}
