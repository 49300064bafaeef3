package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * {@code snug import} of a speech model, and what {@code snug models} says of one. The oracles are
 * the golden checkpoint's sizes and the written promise of one line of complaint.
 */
final class ImportSpeechTest {
    private static final Path GOLDEN = Golden.ROOT.resolve("speech/src/test/resources/golden");

    @TempDir private Path home;

    @TempDir private Path folder;

    private Path source;
    private Path vocos;

    @BeforeEach
    void download() throws IOException {
        source = Files.createDirectories(folder.resolve("F5TTS_v1_Base"));
        vocos = Files.createDirectories(folder.resolve("far/vocos-mel-24khz"));
        copy("f5/model.safetensors", source.resolve("model_1250000.safetensors"));
        copy("vocab.txt", source.resolve("vocab.txt"));
        copy("f5/vocos.safetensors", vocos.resolve("model.safetensors"));
        copy("f5/config.yaml", vocos.resolve("config.yaml"));
    }

    private static void copy(String golden, Path to) throws IOException {
        Files.copy(GOLDEN.resolve(golden), to);
    }

    @Test
    void aFolderBecomesAModelAndTheVersionIsToldWithItsReason() {
        Ran ran = run("import", source.toString(), "--vocos", vocos.toString(), "--licence=MIT");

        assertThat(ran.ended(ExitCode.OK).out()).isEqualTo("f5tts_v1_base\n");
        assertThat(ran.err())
                .contains("snug: taken as F5-TTS v1, for the name 'F5TTS_v1_Base'; if it speaks");
    }

    @Test
    void theListSaysWhatAnImportMadeOfIt() {
        run("import", source.toString(), "--vocos", vocos.toString()).ended(ExitCode.OK);

        Tree model = run("models", "--json").ended(ExitCode.OK).list().getFirst();

        assertThat(model.get("kind").text()).isEqualTo("text-to-speech");
        assertThat(model.get("folded").text()).isEqualTo("true");
        assertThat(model.get("fused").text()).isEqualTo("true");
        assertThat(model.get("anonymous_bytes").number()).isGreaterThanOrEqualTo(0);
        assertThat(model.get("notes").elements()).isEmpty();
        assertThat(model.get("input_size").isNull()).isTrue();
        List<Tree> graphs = model.get("graphs").elements();
        assertThat(graphs.stream().map(graph -> graph.get("role").text()))
                .containsExactlyInAnyOrder("text", "velocity", "steps", "vocoder");
        assertThat(graphs.stream().mapToDouble(graph -> graph.get("parameters").number()).sum())
                .isEqualTo(model.get("parameters").number());
        assertThat(run("models").ended(ExitCode.OK).out())
                .contains(
                        "text-to-speech, 850,470 parameters",
                        "f5, folded, fused, no voices, fp32 ");
        assertThat(run("models", "verify").ended(ExitCode.OK).out())
                .isEqualTo("f5tts_v1_base: ok\n");
    }

    @Test
    void aFileIsImportedUnderItsNameAndAnOptionDecidesTheVersion() {
        Path file = source.resolve("model_1250000.safetensors");
        Ran ran =
                run(
                        "import",
                        file.toString(),
                        "--vocos",
                        vocos.resolve("model.safetensors").toString(),
                        "--vocab",
                        source.resolve("vocab.txt").toString(),
                        "--f5-version=v0");

        assertThat(ran.ended(ExitCode.OK).out()).isEqualTo("model_1250000\n");
        assertThat(ran.err()).contains("taken as F5-TTS v0, as asked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--classes=a", "--picture-size=96", "--target-layer=x"})
    void optionsOfClassifiersAreRefusedForSpeech(String option) {
        Ran ran = run("import", source.toString(), option).ended(ExitCode.USAGE);

        assertThat(ran.complaint()).contains("are for classifiers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--vocos=v", "--vocab=v", "--f5-version=v1"})
    void optionsOfSpeechAreRefusedForClassifiers(String option) {
        Ran ran = run("import", Golden.keras("two_inputs.keras"), option).ended(ExitCode.USAGE);

        assertThat(ran.complaint()).contains("are for F5-TTS checkpoints");
    }

    @Test
    void anUnknownVersionIsWrongUsage() {
        assertThat(
                        run("import", source.toString(), "--f5-version=v2")
                                .ended(ExitCode.USAGE)
                                .complaint())
                .contains("v2");
    }

    @Test
    void aPickleIsToldByItsContentWhateverItsName() throws IOException {
        Path file = folder.resolve("model-bin.keras");
        Files.write(file, new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, 0, 0, 0, 0, 0});

        assertThat(run("import", file.toString()).ended(ExitCode.FAILED).complaint())
                .startsWith(file + " is a Python pickle")
                .contains("save_file");
    }

    @Test
    void aTarIsToldByItsContentWhateverItsName() throws IOException {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        Path file = Files.write(folder.resolve("model-bin.pt"), tar);

        assertThat(ImportSource.of(file)).isEqualTo(ImportSource.ARCHIVE);
    }

    @Test
    void aDamagedCheckpointIsOneLineAndLeavesNothing() throws IOException {
        Path file = source.resolve("model_1250000.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        Ran ran =
                run("import", source.toString(), "--vocos", vocos.toString())
                        .ended(ExitCode.FAILED);

        assertThat(ran.complaint()).startsWith("model_1250000.safetensors").contains("truncated");
        assertThat(ran.out()).isEmpty();
        assertThat(home.resolve("models/f5tts_v1_base")).doesNotExist();
    }

    @Test
    void withoutAVocoderItSaysWhereToGetOne() {
        assertThat(run("import", source.toString()).ended(ExitCode.FAILED).complaint())
                .contains("charactr/vocos-mel-24khz", "--vocos");
    }

    private Ran run(String... arguments) {
        return Console.at(home).run(arguments);
    }
}
