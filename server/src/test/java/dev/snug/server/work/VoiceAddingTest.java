package dev.snug.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.NewVoice;
import dev.snug.server.answer.VoiceCard;
import dev.snug.server.settings.HeatMaps;
import dev.snug.speech.sound.WavWriter;
import dev.snug.vision.picture.PictureCaps;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Voices from recordings. The oracle is the folder of voices, and for what is said the command
 * line.
 */
final class VoiceAddingTest {
    private static final int RATE = 24_000;
    private static final long MIB = 1 << 20;
    private static final String TEXT = "Xin chào các bạn, hôm nay trời đẹp.";

    @TempDir private Path home;

    private Path recording;
    private VoiceShelf shelf;

    @BeforeEach
    void record() throws IOException {
        recording = wav("upload-7", 3);
        shelf = new VoiceShelf(new BundleStore(home, Optional.empty()), home);
    }

    /** Bursts of a tone with short pauses, as syllables are. */
    private Path wav(String name, int seconds) throws IOException {
        Path file = home.resolve(name);
        short[] samples = new short[seconds * RATE];
        for (int i = 0; i < samples.length; i++) {
            double loud = Math.max(0.02, Math.sin(Math.PI * 4 * i / RATE));
            samples[i] = (short) (9000 * loud * Math.sin(2 * Math.PI * 220 * i / RATE));
        }
        try (OutputStream out = Files.newOutputStream(file);
                WavWriter wav = new WavWriter(out, RATE, OptionalLong.of(samples.length))) {
            wav.write(samples);
        }
        return file;
    }

    private VoiceCard add(String name, Path file, String text, boolean isForced)
            throws IOException {
        WorkerSetup setup =
                new WorkerSetup(
                        home,
                        Optional.empty(),
                        512 * MIB,
                        HeatMaps.AUTO,
                        PictureCaps.DEFAULT,
                        ProviderWish.CPU);
        // Whatever heap the tests have.
        MemoryLimit limit =
                new MemoryLimit(
                        Runtime.getRuntime().maxMemory() + 512 * MIB,
                        MemoryLimit.Origin.ASKED,
                        "a test");
        try (MemoryBudget budget = MemoryBudget.open(limit)) {
            return new VoiceAdding(setup)
                    .add(
                            new NewVoice(name, file, text, Map.of("gender", "male"), isForced),
                            budget);
        }
    }

    private List<String> files() throws IOException {
        Path voices = home.resolve("voices");
        if (!Files.exists(voices)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(voices)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> voices.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aGoodRecordingIsAVoiceThatIsListed() throws IOException {
        VoiceCard card = add("lan", recording, TEXT, false);

        assertThat(files()).containsExactly("lan/reference.wav", "lan/voice.json");
        assertThat(card.isOwn()).isTrue();
        assertThat(card.language()).isEqualTo("vi");
        assertThat(card.traits()).isEqualTo(Map.of("gender", "male"));
        assertThat(card.createdSeconds()).isPositive();
        assertThat(shelf.cards()).containsExactly(card);
    }

    @Test
    void aTakenNameIsRefusedAndItsVoiceStays() throws IOException {
        add("lan", recording, TEXT, false);
        byte[] before = Files.readAllBytes(home.resolve("voices/lan/reference.wav"));

        refused(AnswerException.Kind.VOICE_EXISTS, "a voice lan already", "lan", wav("b", 4), TEXT);
        assertThatThrownBy(() -> shelf.requireFree("lan")).hasMessageContaining("lan already");
        assertThat(home.resolve("voices/lan/reference.wav")).hasBinaryContent(before);
    }

    @Test
    void warningsRefuseUnlessForcedAndErrorsAlways() throws IOException {
        refused(
                AnswerException.Kind.BAD_QUESTION,
                "(keep it all the same: force=true)",
                "lan",
                recording,
                "a");
        refused(
                AnswerException.Kind.BAD_QUESTION,
                "too short; record 2 to 15 s",
                "lan",
                wav("s", 1),
                TEXT);
        assertThatThrownBy(() -> add("lan", wav("l", 20), TEXT, true))
                .hasMessageContaining("too long");
        assertThat(files()).isEmpty();

        add("lan", recording, "a", true);
        assertThat(files()).hasSize(2);
    }

    @Test
    void whatIsNoSoundIsRefusedWithoutTheNameThatItHasHere() throws IOException {
        Path text = Files.writeString(home.resolve("upload-8"), "no sound at all");
        String words =
                refused(AnswerException.Kind.BAD_QUESTION, "the recording is", "lan", text, TEXT);
        byte[] cut = Files.readAllBytes(recording);
        Path half = Files.write(home.resolve("upload-9"), java.util.Arrays.copyOf(cut, 5000));
        words += refused(AnswerException.Kind.BAD_QUESTION, "is cut short", "lan", half, TEXT);

        assertThat(words).doesNotContain("upload", home.toString());
        assertThat(files()).isEmpty();
    }

    @Test
    void aVoiceIsRemovedWholeAndOnlyOnce() throws IOException {
        add("lan", recording, TEXT, false);
        shelf.remove("lan");

        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> shelf.remove("lan"))
                .isInstanceOfSatisfying(
                        AnswerException.class,
                        refusal ->
                                assertThat(refusal.kind())
                                        .isEqualTo(AnswerException.Kind.VOICE_NOT_FOUND));
        assertThatThrownBy(() -> shelf.remove("../lan")).isInstanceOf(AnswerException.class);
    }

    @Test
    void samplesFollowTheMemoryThatIsFree() {
        assertThat(VoiceAdding.samples(16 * MIB)).isEqualTo(10 * MIB / 8);
        assertThat(VoiceAdding.samples(1L << 40)).isEqualTo(60 * 48_000);
        assertThat(VoiceAdding.samples(0)).isEqualTo(1);
    }

    @Test
    void aNewVoiceArrivesInTheWorkerAsItWasSent() {
        NewVoice voice =
                new NewVoice("lan", Path.of("/a b"), TEXT, Map.of("area", "northern"), true);
        assertThat(VoiceWire.voice(VoiceWire.encoded(voice))).isEqualTo(voice);

        NewVoice wrong = new NewVoice("lan", Path.of("/a"), TEXT, Map.of("area", "x"), false);
        assertThatThrownBy(() -> VoiceWire.voice(VoiceWire.encoded(wrong)))
                .hasMessageContaining("'area'");
    }

    private String refused(
            AnswerException.Kind kind, String words, String name, Path file, String text) {
        @Nullable Throwable thrown =
                org.assertj.core.api.Assertions.catchThrowable(() -> add(name, file, text, false));
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        AnswerException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind))
                .hasMessageContaining(words);
        return String.valueOf(java.util.Objects.requireNonNull(thrown).getMessage());
    }
}
