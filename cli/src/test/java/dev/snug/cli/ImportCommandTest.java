package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code snug import} makes and what it refuses. The oracle is the written promise: the name
 * alone on standard output, one line of complaint, and a store that is as it was.
 */
final class ImportCommandTest {
    private static final String TWO_INPUTS = Golden.keras("two_inputs.keras");

    @TempDir private Path home;

    @TempDir private Path folder;

    @Test
    void standardOutputIsTheNameThatTheFileGives() throws IOException {
        Path odd = Files.copy(Path.of(TWO_INPUTS), folder.resolve("My Skin (v2).keras"));

        Ran ran = Console.at(home).run("import", odd.toString()).ended(ExitCode.OK);

        assertThat(ran.out()).isEqualTo("my-skin-v2-\n");
        assertThat(ran.err().lines()).allMatch(line -> line.startsWith("snug: "));
    }

    @Test
    void severalSizesShareTheirWeights() throws IOException {
        Console console = Console.at(home);
        console.run(
                        "import",
                        Golden.keras("tiny_efficientnetv2.keras"),
                        "--name=tiny",
                        "--picture-size=96,128",
                        "--licence=MIT")
                .ended(ExitCode.OK);

        Tree model = console.run("models", "--json").ended(ExitCode.OK).list().getFirst();
        assertThat(model.get("input_sizes").text()).isEqualTo("[[96, 96], [128, 128]]");
        assertThat(model.get("licence").text()).isEqualTo("MIT");
        assertThat(weightsOf(home.resolve("models/tiny"))).hasSize(1);
        assertThat(classified(console, "--picture-size=96"))
                .isEqualTo(classified(console))
                .isNotEqualTo(classified(console, "--picture-size=128"));
        Ran other =
                console.run("classify", Golden.picture(2), "--picture-size=64")
                        .ended(ExitCode.FAILED);
        assertThat(other.complaint()).contains("it has 96x96, 128x128");
    }

    private static String classified(Console console, String... options) {
        String[] line = new String[3 + options.length];
        line[0] = "classify";
        line[1] = Golden.picture(2);
        line[2] = "--json";
        System.arraycopy(options, 0, line, 3, options.length);
        return console.run(line).ended(ExitCode.OK).objects().getFirst().get("classes").text();
    }

    private static List<Path> weightsOf(Path bundle) throws IOException {
        try (Stream<Path> files = Files.list(bundle)) {
            return files.filter(file -> file.toString().endsWith(".weights")).toList();
        }
    }

    @Test
    void classesGetTheNamesOfTheCommandLine() {
        Console console = Console.at(home);
        console.run(
                        "import",
                        Golden.keras("tiny_efficientnetv2.keras"),
                        "--classes=akiec,bcc,bkl,df,mel,nv,vasc")
                .ended(ExitCode.OK);

        Ran ran = console.run("classify", Golden.picture(2), "--class=mel", "-o", "/dev/null");

        assertThat(ran.ended(ExitCode.OK).out()).contains("  df ").contains("  vasc ");
    }

    @Test
    void aModelWithPatientValuesButNoSettingsSaysWhatIsMissing() {
        Console console = Console.at(home);
        console.run("import", TWO_INPUTS).ended(ExitCode.OK);

        Ran ran = console.run("classify", Golden.picture(2)).ended(ExitCode.USAGE);

        assertThat(ran.complaint())
                .endsWith("import it again with --settings FILE (snug help import)");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aModelThatCannotRunIsRefusedByName(Path file, String complaint) throws IOException {
        Ran ran = Console.at(home).run("import", file.toString()).ended(ExitCode.FAILED);

        assertThat(ran.out()).isEmpty();
        assertThat(ran.complaint()).startsWith(file.toString()).contains(complaint);
        assertThat(models()).isEmpty();
    }

    static Stream<Arguments> refused() {
        return Golden.refused().stream()
                .map(
                        file ->
                                Arguments.of(
                                        file,
                                        switch (file.getFileName().toString()) {
                                            case "channels_first.keras" -> "Conv2D nchw:";
                                            case "custom_layer.keras" -> "Doubler my_doubler:";
                                            case "lambda.keras" -> "Lambda twice:";
                                            case "legacy.h5" -> "keras.saving.load_model";
                                            case "lstm.keras" -> "LSTM memory:";
                                            case "multi_head_attention.keras" ->
                                                    "MultiHeadAttention attention:";
                                            case "operator.keras" -> "Multiply multiply:";
                                            default -> throw new AssertionError(file);
                                        }));
    }

    @Test
    void aRefusedImportLeavesTheModelOfThatNameAlone() throws IOException {
        Console console = Console.withTwoInputs(home);
        String before = classified(console);

        for (Path bad : Golden.refused()) {
            console.run("import", bad.toString(), "--name=two").ended(ExitCode.FAILED);
        }

        assertThat(models()).containsExactly("two");
        assertThat(classified(console)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"clases\": []} | has the unknown key 'clases'",
                "{\"classes\": [{\"id\": \"a\"}]} | name 1 classes, the model tells 7 apart",
                "{\"classes\": [{\"name\": \"a\"}]} | classes[0] lacks the key 'id'",
                "{\"classes\": \"a\"} | 'classes' is not a list",
                "{\"resize\": \"cubic\"} | 'resize' is not one of lanczos, bilinear",
                "{\"divide_by\": 0} | divide_by must be above 0, not 0.0",
                "{\"divide_by\": \"255\"} | 'divide_by' is not a number",
                "{\"target_layer\": \"nowhere\"} | the target layer nowhere is not in the model",
                "{\"patient\": [{\"field\": \"age\", \"encoding\": \"missing\"}]} |"
                        + " fill 1 patient values, the model takes 10",
                "{\"patient\": [{\"field\": \"weight\", \"encoding\": \"missing\"}]} |"
                        + " 'field' is not one of sex, location, age",
                "{\"divide_by\": | line 1, is not JSON that Snug reads",
                "[] | is not a JSON object",
            })
    void wrongSettingsAreToldInOneLine(String settings, String complaint) throws IOException {
        Path file = Files.writeString(folder.resolve("settings.json"), settings);

        Ran ran = Console.at(home).run("import", TWO_INPUTS, "--settings", file.toString());

        assertThat(ran.exitCode()).as("%s", ran).isIn(ExitCode.USAGE, ExitCode.FAILED);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.complaint()).contains(complaint);
        assertThat(models()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--picture-size=0 | a picture size of 0×0; each side must be 1 to 8192",
                "--picture-size=99999999 | each side must be 1 to 8192",
                "--picture-size=96,big | 'big' is not an int",
                "--classes=a,b | the settings name 2 classes, the model tells 7 apart",
                "--name=../x | model name '../x' is not plain",
                "--name=.hidden | model name '.hidden' is not plain",
            })
    void wrongUsageIsToldInOneLine(String option, String complaint) throws IOException {
        Ran ran = Console.at(home).run("import", TWO_INPUTS, option).ended(ExitCode.USAGE);

        assertThat(ran.complaint()).contains(complaint);
        assertThat(models()).isEmpty();
    }

    @Test
    void whatIsNoFileIsToldBeforeAnythingIsBegun() {
        String missing = folder.resolve("missing").toString();
        Console console = Console.at(home.resolve("none"));

        assertThat(console.run("import", missing).ended(ExitCode.FAILED).complaint())
                .isEqualTo(missing + ": no such file");
        assertThat(console.run("import", folder.toString()).ended(ExitCode.FAILED).complaint())
                .isEqualTo(folder + " holds no .safetensors file, which an import needs");
        assertThat(
                        console.run("import", TWO_INPUTS, "--settings", missing)
                                .ended(ExitCode.FAILED)
                                .complaint())
                .isEqualTo(missing + ": no such file");
        assertThat(
                        console.run("import", TWO_INPUTS, "--settings", "/dev/zero")
                                .ended(ExitCode.FAILED)
                                .complaint())
                .isEqualTo("/dev/zero: not a regular file");
        assertThat(home.resolve("none")).doesNotExist();
    }

    private List<String> models() throws IOException {
        Path models = home.resolve("models");
        if (!Files.exists(models)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(models)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
