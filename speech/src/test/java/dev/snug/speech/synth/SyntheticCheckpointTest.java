package dev.snug.speech.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.runtime.bundle.Progress;
import dev.snug.speech.Golden;
import dev.snug.speech.f5.F5Checkpoint;
import dev.snug.speech.f5.F5Version;
import dev.snug.speech.f5.LogMel;
import dev.snug.speech.safetensors.SafeTensors;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.sound.WavReader;
import dev.snug.speech.text.Vocabulary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The oracle is the golden checkpoint, which PyTorch wrote: built at its sizes, the synthetic one
 * has the same tensors. Its reader is the one that real checkpoints go through.
 */
class SyntheticCheckpointTest {
    /** The sizes of the golden checkpoint. */
    static final Size GOLDEN = new Size(128, 2, 2, 2, 64, 2, 219, 64, 128, 2);

    /** Large enough for a vocabulary with all Vietnamese letters. */
    private static final Size SMALL = new Size(64, 1, 1, 2, 32, 1, 300, 32, 64, 1);

    @TempDir Path folder;

    @Test
    void namesAndShapesAreThoseOfTheGoldenCheckpoint() throws IOException {
        Path made = folder.resolve("made");
        SyntheticCheckpoint.write(made, GOLDEN, 1, Progress.NONE);

        Map<String, String> expected = tensors(Golden.file("model.safetensors"));
        // Older checkpoints carry these two; F5TTS_v1_Base does not.
        expected.keySet().removeIf(name -> name.startsWith("ema_model.mel_spec."));
        assertThat(tensors(made.resolve("model.safetensors"))).isEqualTo(expected);
        assertThat(tensors(made.resolve("vocos/model.safetensors")))
                .isEqualTo(tensors(Golden.file("vocos.safetensors")));
    }

    @Test
    void whatNobodyTrainsIsEqualToTheGoldenTables() throws IOException {
        Path made = folder.resolve("made");
        SyntheticCheckpoint.write(made, GOLDEN, 1, Progress.NONE);

        for (String name :
                new String[] {
                    "head.istft.window",
                    "feature_extractor.mel_spec.mel_scale.fb",
                    "feature_extractor.mel_spec.spectrogram.window"
                }) {
            assertThat(floats(made.resolve("vocos/model.safetensors"), name))
                    .containsExactly(floats(Golden.file("vocos.safetensors"), name), within(2e-5f));
        }
        String name = "ema_model.transformer.rotary_embed.inv_freq";
        assertThat(floats(made.resolve("model.safetensors"), name))
                .containsExactly(floats(Golden.file("model.safetensors"), name), within(1e-7f));
    }

    @Test
    void theDefaultHasTheParametersOfF5BaseAndVocos() {
        // SWivid/F5-TTS and Vocos publish 335.8 and 13.5 million; the first leaves out the table of
        // tokens, which every vocabulary has at another size.
        long table = 2546L * 512;
        assertThat((SyntheticCheckpoint.parameters(Size.BASE) - table) / 1e6)
                .isCloseTo(335.8, within(0.05));
        assertThat(SyntheticCheckpoint.vocoderParameters(Size.BASE) / 1e6)
                .isCloseTo(13.5, within(0.05));
    }

    @Test
    void equalSeedsMakeEqualFilesAndOtherSeedsOthers() throws IOException {
        SyntheticCheckpoint.write(folder.resolve("a"), SMALL, 7, Progress.NONE);
        SyntheticCheckpoint.write(folder.resolve("b"), SMALL, 7, Progress.NONE);
        SyntheticCheckpoint.write(folder.resolve("c"), SMALL, 8, Progress.NONE);

        for (Path file : files(folder.resolve("a"))) {
            assertThat(folder.resolve("b").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("a").resolve(file));
        }
        assertThat(Files.mismatch(model("a"), model("c"))).isPositive();
    }

    @Test
    void theNetworksReadItAndTheAnnouncedRoomIsEnough() throws IOException {
        Path made = folder.resolve("made");
        SyntheticCheckpoint.write(made, SMALL, 1, Progress.NONE);

        try (Arena arena = Arena.ofShared();
                SafeTensors checkpoint = SafeTensors.open(made.resolve("model.safetensors"));
                TensorFile tensors = TensorFile.create(folder, arena)) {
            assertThat(
                            F5Checkpoint.read(checkpoint, F5Version.V1, tensors)
                                    .sizes()
                                    .transformer()
                                    .dim())
                    .isEqualTo(64);
        }
        long bytes = 0;
        for (Path file : files(made)) {
            bytes += Files.size(made.resolve(file));
        }
        assertThat(bytes).isLessThanOrEqualTo(SyntheticCheckpoint.bytes(SMALL));
    }

    @Test
    void theVoiceSpeaksFourSecondsAndItsWordsAreInTheVocabulary() throws IOException {
        Path made = folder.resolve("made");
        SyntheticCheckpoint.write(made, SMALL, 1, Progress.NONE);

        Recording recording = WavReader.read(made.resolve("voice.wav"), 10);
        assertThat(recording.rate()).isEqualTo(24_000);
        assertThat(recording.samples()).hasSize(96_000);
        float[] mel = LogMel.of(recording.samples());
        // Speech and pauses: a loud and a quiet half are far apart.
        assertThat(loudest(mel) - quietest(mel)).isGreaterThan(3);
        Vocabulary vocabulary = Vocabulary.read(made.resolve("vocab.txt"));
        assertThat(vocabulary.size()).isEqualTo(300);
        String text = Files.readString(made.resolve("voice.txt")).strip();
        assertThat(text.split(" ").length).isBetween(12, 16);
        assertThat(vocabulary.characters(text).unknown()).isEmpty();
    }

    @Test
    void aFullVocabularyHasNoLineTwice() {
        assertThat(SyntheticVocabulary.lines(2545))
                .hasSize(2545)
                .doesNotHaveDuplicates()
                .startsWith(" ", "!")
                .contains("ệ", "Ữ", "đ", "Đ", "zhang3");
    }

    @Test
    void aFolderThatIsThereIsLeftAlone() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        Files.writeString(there.resolve("vocab.txt"), "mine");

        assertThatThrownBy(() -> SyntheticCheckpoint.write(there, SMALL, 1, Progress.NONE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is there already");
        assertThat(there.resolve("vocab.txt")).hasContent("mine");
    }

    @Test
    void afterAFailureNothingIsLeft() {
        Progress failing =
                (done, total) -> {
                    if (done > total / 2) {
                        throw new IllegalStateException("stop");
                    }
                };

        assertThatThrownBy(
                        () -> SyntheticCheckpoint.write(folder.resolve("made"), SMALL, 1, failing))
                .hasMessage("stop");
        assertThat(folder).isEmptyDirectory();
    }

    private Path model(String name) {
        return folder.resolve(name).resolve("model.safetensors");
    }

    private static Path[] files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).map(root::relativize).toArray(Path[]::new);
        }
    }

    private static Map<String, String> tensors(Path file) {
        Map<String, String> tensors = new TreeMap<>();
        try (SafeTensors checkpoint = SafeTensors.open(file)) {
            checkpoint.tensors().forEach((name, tensor) -> tensors.put(name, tensor.toString()));
        }
        return tensors;
    }

    private static float[] floats(Path file, String name) {
        try (SafeTensors checkpoint = SafeTensors.open(file)) {
            Tensor tensor = checkpoint.tensor(name);
            return tensor.toFloats();
        }
    }

    private static double loudest(float[] mel) {
        return frames(mel).max().orElseThrow();
    }

    private static double quietest(float[] mel) {
        return frames(mel).min().orElseThrow();
    }

    /** The mean of each frame, a frame from the edge left out. */
    private static DoubleStream frames(float[] mel) {
        return IntStream.range(1, mel.length / LogMel.BANDS - 1)
                .mapToDouble(
                        frame -> {
                            double sum = 0;
                            for (int band = 0; band < LogMel.BANDS; band++) {
                                sum += mel[frame * LogMel.BANDS + band];
                            }
                            return sum / LogMel.BANDS;
                        });
    }
}
