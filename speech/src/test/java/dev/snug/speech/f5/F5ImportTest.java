package dev.snug.speech.f5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Checksum;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Progress;
import dev.snug.speech.bundle.LoadMemory;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.safetensors.SafeTensors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an import makes of a checkpoint folder, and which files it finds. The oracles are the files
 * of the source.
 */
class F5ImportTest {
    @TempDir Path folder;

    private Path source;
    private Path vocos;

    @BeforeEach
    void download() throws IOException {
        source = CheckpointFolder.golden(folder.resolve("F5TTS_Base"));
        vocos = source.resolve("vocos-mel-24khz");
    }

    @Test
    void theManifestSaysWhatItIs() throws IOException {
        Bundle bundle = run(source, null, null, null).bundle();
        Manifest manifest = bundle.manifest();

        assertThat(manifest.kind()).isEqualTo(SpeechSettings.KIND);
        assertThat(manifest.source()).isEqualTo("F5TTS_Base");
        assertThat(manifest.sourceSha256())
                .isEqualTo(Checksum.of(source.resolve("model.safetensors"), _ -> {}).sha256());
        assertThat(manifest.files().keySet())
                .containsExactlyInAnyOrder(
                        "text.onnx",
                        "text.weights",
                        "velocity.onnx",
                        "velocity.weights",
                        "steps.onnx",
                        "steps.weights",
                        "steps.table",
                        "vocoder.onnx",
                        "vocoder.weights",
                        "vocab.txt");
        assertThat(manifest.graphs().stream().map(Manifest.GraphEntry::role))
                .containsExactlyInAnyOrder("text", "velocity", "steps", "vocoder");
        assertThat(manifest.measured().bytes()).containsOnlyKeys(LoadMemory.key("velocity"));
        SpeechSettings settings = SpeechSettings.parse(manifest.settings(), "the manifest");
        assertThat(settings.family()).isEqualTo(SpeechSettings.Family.F5);
        assertThat(settings.folded() && settings.fused()).isTrue();
        assertThat(settings.voices()).isEmpty();
        assertThat(settings.notes()).isEmpty();
        assertThat(manifest.parameters())
                .isEqualTo(
                        weights(source.resolve("model.safetensors"))
                                + weights(vocos.resolve("model.safetensors")));
    }

    /** All values of a file but those that follow from sizes: windows, filters, frequencies. */
    private static long weights(Path file) {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            return tensors.tensors().entrySet().stream()
                    .filter(
                            entry ->
                                    !entry.getKey()
                                            .matches(
                                                    ".*mel_spec.*|.*inv_freq|.*window|initted|step"))
                    .mapToLong(entry -> entry.getValue().shape().elements())
                    .sum();
        }
    }

    @Test
    void theSettingsBeatTheNameAndAnOptionBeatsBoth() throws IOException {
        assertThat(run(source, null, null, null).version())
                .startsWith("taken as F5-TTS v1, as ")
                .contains("model.yaml says");
        assertThat(run(source, null, null, F5Version.V0).version())
                .startsWith("taken as F5-TTS v0, as asked");
        Files.delete(source.resolve("model.yaml"));
        assertThat(run(source, null, null, null).version())
                .startsWith("taken as F5-TTS v0, for the name 'F5TTS_Base'");
        Path plain = Files.move(source, folder.resolve("mine"));
        assertThat(run(plain.resolve("model.safetensors"), null, null, null).version())
                .startsWith("taken as F5-TTS v1, as no model.yaml and no name says otherwise");
    }

    @ParameterizedTest
    @CsvSource({
        "F5TTS_v1_Base/model_1250000.safetensors,V1",
        "F5TTS_Base/model_1200000.safetensors,V0",
        "F5TTS_Small/model.safetensors,V0",
        "F5TTS_Base/tuned_v1.safetensors,V1",
        "f5-tts_base_tuned/model.safetensors,V0",
        "voice/level1.safetensors,V1",
        "mine-v0/model.safetensors,V0",
    })
    void thePathTellsTheVersion(String path, F5Version version) {
        assertThat(VersionChoice.of(null, null, Path.of("/models", path)).version())
                .isEqualTo(version);
    }

    @Test
    void theVocoderAndTheVocabularyMayLieElsewhere() throws IOException {
        Path beside = Files.move(vocos, folder.resolve("Vocos"));
        run(source, null, null, null);
        Path elsewhere = Files.createDirectories(folder.resolve("x"));
        Path file =
                Files.move(beside.resolve("model.safetensors"), elsewhere.resolve("v.safetensors"));
        Path words = Files.move(source.resolve("vocab.txt"), elsewhere.resolve("words"));

        Bundle bundle = run(source, file, words, null).bundle();

        assertThat(bundle.file("vocab.txt")).hasSameBinaryContentAs(words);
        assertThat(SpeechSettings.parse(bundle.manifest().settings(), "").notes())
                .containsExactly(
                        "the vocoder came without config.yaml and is taken for one of 24 kHz");
    }

    @Test
    void theProgressOfLayingOutAndOfCheckingIsTold() throws IOException {
        long size = Files.size(source.resolve("model.safetensors"));
        Map<String, Long> reached = new HashMap<>();
        String[] step = {""};

        F5Import.run(
                new F5Import.Request(source, null, null, null, "test", null, List.of()),
                new BundleStore(folder.resolve("home")),
                "test",
                what -> step[0] = what,
                (done, total) -> {
                    assertThat(total).isEqualTo(size);
                    assertThat(done).isGreaterThan(reached.getOrDefault(step[0], 0L));
                    reached.put(step[0], done);
                });

        assertThat(reached)
                .containsOnlyKeys("laying out model.safetensors", "checking model.safetensors");
        assertThat(reached.get("checking model.safetensors")).isEqualTo(size);
        assertThat(reached.get("laying out model.safetensors")).isBetween(size * 9 / 10, size);
    }

    @Test
    void aLinkAsAHubKeepsThemIsFollowed() throws IOException {
        Path blob = Files.move(source.resolve("model.safetensors"), folder.resolve("blob"));
        Files.createSymbolicLink(source.resolve("model.safetensors"), blob);

        assertThat(run(source, null, null, null).bundle().manifest().sourceSha256())
                .isEqualTo(Checksum.of(blob, _ -> {}).sha256());
    }

    private F5Import.Imported run(
            Path from,
            @Nullable Path vocoder,
            @Nullable Path vocabulary,
            @Nullable F5Version version) {
        return F5Import.run(
                new F5Import.Request(from, vocoder, vocabulary, version, "test", null, List.of()),
                new BundleStore(folder.resolve("home")),
                "test",
                _ -> {},
                Progress.NONE);
    }
}
