package dev.snug.speech.f5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.text.TextException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Sources that no import takes. The oracle is the written promise: one clear line that names file,
 * tensor or key, and a store that is as it was.
 */
class F5RefusalTest {
    @TempDir Path folder;

    private Path source;
    private Path vocos;

    @BeforeEach
    void download() throws IOException {
        source = CheckpointFolder.golden(folder.resolve("F5TTS_Base"));
        vocos = source.resolve("vocos-mel-24khz");
    }

    @Test
    void whatIsMissingIsNamedWithItsRemedy() throws IOException {
        Files.move(source.resolve("vocab.txt"), folder.resolve("words"));
        refused("vocab.txt is missing", "--vocab FILE");
        Files.move(folder.resolve("words"), source.resolve("vocab.txt"));
        Files.move(vocos, folder.resolve("away"));
        refused("no vocoder", "charactr/vocos-mel-24khz", "--vocos");
        Files.move(folder.resolve("away"), vocos);
        Files.copy(source.resolve("model.safetensors"), source.resolve("other.safetensors"));
        refused("2 safetensors files: model.safetensors, other.safetensors");
        Files.delete(source.resolve("model.safetensors"));
        Files.delete(source.resolve("other.safetensors"));
        refused("holds no .safetensors file");
    }

    @Test
    void picklesAreToldByTheirContentAndTheWayOutIsNamed() throws IOException {
        Path weights = source.resolve("model.safetensors");
        try (ZipOutputStream archive = new ZipOutputStream(Files.newOutputStream(weights))) {
            archive.putNextEntry(new ZipEntry("model_1250000/data.pkl"));
            archive.write(new byte[] {(byte) 0x80, 2, '.'});
        }
        refused("is a Python pickle", "save_file", "torch.load('model.safetensors'");
        Files.write(weights, new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, 0, 0, 0, 0, 0});
        refused("is a Python pickle");
        Files.move(weights, source.resolve("model_1250000.pt"));
        refused("model_1250000.pt is a Python pickle", "'model_1250000.safetensors'");
        Files.copy(Path.of("src/test/resources/golden/f5/model.safetensors"), weights);
        Files.move(source.resolve("model_1250000.pt"), vocos.resolve("pytorch_model.bin"));
        Files.delete(vocos.resolve("model.safetensors"));
        refused("pytorch_model.bin is a Python pickle", "'pytorch_model.safetensors'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dim: 128|dim: 256|model.arch.dim = 256; the weights say 128",
                "depth: 2|depth: 22|model.arch.depth = 22; the weights say 2",
                "heads: 2|heads: 16|model.arch.heads = 16; the weights say 2",
                "ff_mult: 2|ff_mult: 4|model.arch.ff_mult = 4; the weights say 2",
                "text_dim: 64|text_dim: 512|model.arch.text_dim = 512; the weights say 64",
                "conv_layers: 2|conv_layers: 4|conv_layers = 4; the weights say 2",
                "backbone: DiT|backbone: UNetT|model.backbone = UNetT; Snug runs DiT",
                "mel_spec_type: vocos|mel_spec_type: bigvgan|bigvgan; Snug runs vocos",
                "pe_attn_head: null|pe_attn_head: 1|text_mask_padding = true and pe_attn_head = 1",
                "depth: 2|depth: *x|uses an alias",
                "depth: 2|depth: {|is not YAML that Snug reads",
                "depth: 2|dim: 128|has the key 'dim' twice",
                "depth: 2|depth: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]|deeper than the 16",
            })
    void settingsThatContradictTheWeightsAreRefused(String from, String to, String message)
            throws IOException {
        Path yaml = source.resolve("model.yaml");
        Files.writeString(yaml, Files.readString(yaml).replaceFirst(from, to));

        refused("model.yaml", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sample_rate: 24000|sample_rate: 22050|sample_rate = 22050; F5-TTS needs 24000",
                "hop_length: 256|hop_length: 320|hop_length = 320; F5-TTS needs 256",
                "n_fft: 1024|n_fft: 1280|n_fft = 1280; F5-TTS needs 1024",
                "n_mels: 100|n_mels: 80|n_mels = 80; F5-TTS needs 100",
                "  dim: 64|  dim: 512|dim = 512; the weights say 64",
                "num_layers: 2|num_layers: 8|num_layers = 8; the weights say 2",
                "padding: center|padding: same|padding = same; F5-TTS needs center",
            })
    void aVocoderOfAnotherSoundIsRefused(String from, String to, String message)
            throws IOException {
        Path yaml = vocos.resolve("config.yaml");
        Files.writeString(yaml, Files.readString(yaml).replaceFirst(from, to));

        refused("config.yaml", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[0,8]|[1,8]|'step'|needs 8 bytes and has 7",
                "[0,8]|[0,9000000000000000000]|'step'|needs 8 bytes",
                "\"dtype\":\"F32\"|\"dtype\":\"F64\"|mel_scale.fb|DOUBLE[513,100]",
                "\"dtype\":\"F32\"|\"dtype\":\"Q4\"|mel_scale.fb|unknown dtype 'Q4'",
                "proj_out.bias\":{\"dtype\":\"F32|proj_out.bias\":{\"dtype\":\"I32|proj_out.bias|INT32",
                "proj_out.bias|proj_out.bogus|proj_out.bias|no tensor",
                "[128,264]|[264,128]|input_embed.proj.weight|shape",
                "[100,128]|[128,100]|makes 128 mel bands|100",
                "transformer_blocks.0.attn.to_q|layers.0.0.attn.to_q|E2-TTS|UNetT",
            })
    void aDamagedCheckpointIsToldByFileAndTensor(String from, String to, String one, String two)
            throws IOException {
        Path weights = source.resolve("model.safetensors");
        CheckpointFolder.edit(weights, from, to);

        refused("model.safetensors", one, two);
    }

    @Test
    void aCheckpointCutShortIsRefused() throws IOException {
        Path weights = source.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length - 1));

        refused("model.safetensors", "truncated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\n", "one line more"})
    void aVocabularyOfAnotherCheckpointIsRefusedWithBothNumbers(String change) throws IOException {
        Path words = source.resolve("vocab.txt");
        String whole = Files.readString(words);
        Files.writeString(words, change.length() < 5 ? change : whole + change + "\n");

        refused("vocab.txt", change.length() < 5 ? "has 2 lines" : "has 220 lines", "for 219");
    }

    @Test
    void aTokenTwiceIsRefusedByItsLines() throws IOException {
        Path words = source.resolve("vocab.txt");
        Files.writeString(words, " \na\na\n");

        assertThatThrownBy(() -> run())
                .isInstanceOf(TextException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("vocab.txt");
        assertNothingLeft();
    }

    private void refused(String... words) throws IOException {
        assertThatThrownBy(() -> run())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n");
        assertNothingLeft();
    }

    private void assertNothingLeft() throws IOException {
        Path models = folder.resolve("home/models");
        if (Files.exists(models)) {
            try (Stream<Path> left = Files.list(models)) {
                assertThat(left).isEmpty();
            }
        }
    }

    private void run() {
        CheckpointFolder.installed(source, null, folder.resolve("home"));
    }
}
