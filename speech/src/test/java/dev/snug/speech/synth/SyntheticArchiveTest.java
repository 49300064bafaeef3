package dev.snug.speech.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Model;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.TensorFile;
import dev.snug.runtime.bundle.Progress;
import dev.snug.runtime.json.Json;
import dev.snug.speech.text.Vocabulary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The oracles are the layout of IEEE 1003.1's ustar, and the readers of real archives' parts. */
class SyntheticArchiveTest {
    private static final Size SMALL = new Size(64, 2, 1, 2, 32, 1, 300, 32, 64, 1);

    @TempDir Path folder;

    @Test
    void theFilesAreThoseOfTheArchive() throws IOException {
        assertThat(files(written("a.tar", 1)).keySet())
                .startsWith(
                        "preprocess.onnx",
                        "transformer.onnx",
                        "decode.onnx",
                        "vocab.txt",
                        "audio_metadata.json")
                .filteredOn(name -> name.startsWith("cleaned_audios/"))
                .hasSize(6);
    }

    @Test
    void theGraphsInsideAreReadBackAsTheyWereMade() throws IOException {
        ByteBuffer stored = ExportedGraphs.of(files(written("a.tar", 1)), "transformer.onnx");
        Model read = ModelReader.parse(stored, "transformer.onnx");
        try (Arena arena = Arena.ofShared();
                TensorFile tensors = TensorFile.create(folder, arena)) {
            Model made = TransformerGraph.model(SMALL, new ExportWeights(tensors, 1, bytes -> {}));

            assertThat(ExportedGraphs.wiring(read.graph()))
                    .isEqualTo(ExportedGraphs.wiring(made.graph()));
            made.graph()
                    .initializers()
                    .forEach(
                            (name, tensor) ->
                                    assertThat(
                                                    ExportedGraphs.of(
                                                                    read.graph().initializers(),
                                                                    name)
                                                            .bytes())
                                            .isEqualTo(tensor.bytes()));
        }
    }

    @Test
    void everyVoiceIsDescribedAndThere() throws IOException {
        Map<String, ByteBuffer> files = files(written("a.tar", 1));
        String metadata = text(ExportedGraphs.of(files, "audio_metadata.json"));
        Vocabulary vocabulary =
                Vocabulary.parse(
                        text(ExportedGraphs.of(files, "vocab.txt"))
                                .getBytes(StandardCharsets.UTF_8),
                        "vocab.txt");
        // The reader of JSON takes objects.
        Map<String, ?> parsed =
                Json.parseObject(
                        ("{\"voices\":" + metadata + "}").getBytes(StandardCharsets.UTF_8),
                        "metadata");
        List<String> mixes = new ArrayList<>();
        for (Object voice : (List<?>) Objects.requireNonNull(parsed.get("voices"))) {
            Map<?, ?> properties = (Map<?, ?>) voice;
            assertThat(files).containsKey("cleaned_audios/" + properties.get("file_name"));
            assertThat(vocabulary.characters(String.valueOf(properties.get("text"))).unknown())
                    .isEmpty();
            mixes.add(properties.get("gender") + " " + properties.get("area"));
        }
        assertThat(mixes)
                .containsExactlyInAnyOrder(
                        "female northern",
                        "male southern",
                        "male central",
                        "female southern",
                        "female central",
                        "male northern");
    }

    @Test
    void equalSeedsMakeEqualBytesAndTheAnnouncedRoomIsEnough() throws IOException {
        Path first = written("a.tar", 1);

        assertThat(first).hasSameBinaryContentAs(written("b.tar", 1));
        assertThat(Files.mismatch(first, written("c.tar", 2))).isPositive();
        assertThat(Files.size(first)).isLessThan(SyntheticArchive.bytes(SMALL));
    }

    @Test
    void afterAFailureNothingIsLeft() {
        Progress failing =
                (done, total) -> {
                    throw new IllegalStateException("stop");
                };

        assertThatThrownBy(
                        () ->
                                SyntheticArchive.write(
                                        folder.resolve("a.tar"), folder, SMALL, 1, failing))
                .hasMessage("stop");
        assertThat(folder).isEmptyDirectory();
    }

    private Path written(String name, long seed) {
        Path file = folder.resolve(name);
        SyntheticArchive.write(file, folder, SMALL, seed, Progress.NONE);
        return file;
    }

    /** The files of a tar by name; every header's checksum is checked. */
    private static Map<String, ByteBuffer> files(Path tar) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(tar));
        assertThat(all.capacity() % 512).isZero();
        Map<String, ByteBuffer> files = new LinkedHashMap<>();
        int at = 0;
        while (all.get(at) != 0) {
            ByteBuffer header = all.slice(at, 512);
            int sum = 0;
            for (int i = 0; i < 512; i++) {
                sum += i >= 148 && i < 156 ? ' ' : Byte.toUnsignedInt(header.get(i));
            }
            assertThat(Integer.parseInt(text(header.slice(148, 6)), 8)).isEqualTo(sum);
            assertThat(text(header.slice(257, 8))).isEqualTo("ustar\00000");
            int bytes = Integer.parseInt(text(header.slice(124, 11)), 8);
            files.put(text(header.slice(0, 100)).replace("\0", ""), all.slice(at + 512, bytes));
            at += 512 + Math.ceilDiv(bytes, 512) * 512;
        }
        assertThat(all.capacity() - at).isEqualTo(1024);
        return files;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
