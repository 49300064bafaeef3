package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Listing, choosing, checking and removing models. The oracles are the JSON keys of issue 3 and the
 * file system.
 */
final class ModelsCommandTest {
    @TempDir private Path home;

    private Console console;

    @BeforeEach
    void importModel() {
        console = Console.withTwoInputs(home);
    }

    private void importSecond() {
        console.run("import", Golden.keras("tiny_efficientnetv2.keras"), "--name=tiny")
                .ended(ExitCode.OK);
    }

    @Test
    void aListedModelHasNameKindParametersSizeAndVariants() throws IOException {
        Tree model = console.run("models", "--json").ended(ExitCode.OK).list().getFirst();

        assertThat(model.keys())
                .startsWith("name", "kind", "parameters", "input_size")
                .contains("variants");
        assertThat(model.get("name").text()).isEqualTo("two");
        assertThat(model.get("kind").text()).isEqualTo("image-classifier");
        assertThat(model.get("parameters").text()).isEqualTo("6163");
        assertThat(model.get("input_size").text()).isEqualTo("[96, 96]");
        Tree variant = model.get("variants").elements().getFirst();
        assertThat(variant.keys()).containsExactly("precision", "bytes");
        assertThat(variant.get("precision").text()).isEqualTo("fp32");
        assertThat(variant.get("bytes").text())
                .isEqualTo(Long.toString(Files.size(home.resolve("models/two/model.weights"))));
    }

    @Test
    void theTextNamesTheModelAndItsSource() {
        Ran ran = console.run("models").ended(ExitCode.OK);

        assertThat(ran.out())
                .startsWith("two ")
                .contains("image-classifier, 6,163 parameters, input 96x96, fp32 ")
                .contains("from two_inputs.keras, licence not stated");
    }

    @Test
    void nothingInstalledIsAnEmptyListAndAHint(@TempDir Path empty) {
        Console bare = Console.at(empty);

        Ran text = bare.run("models").ended(ExitCode.OK);

        assertThat(text.out()).isEmpty();
        assertThat(text.complaint()).contains("snug pull sklesion");
        assertThat(bare.run("models", "--json").ended(ExitCode.OK).out()).isEqualTo("[]\n");
        assertThat(bare.run("models", "verify").ended(ExitCode.OK).out()).isEmpty();
    }

    @Test
    void severalModelsNeedANameOrADefault() {
        importSecond();

        Ran unsaid = console.run("classify", Golden.picture(2)).ended(ExitCode.FAILED);
        console.run("models", "use", "tiny").ended(ExitCode.OK);
        Ran byDefault = console.run("classify", Golden.picture(2)).ended(ExitCode.OK);
        Ran named = console.run("classify", Golden.picture(2), "-m=two").ended(ExitCode.OK);

        assertThat(unsaid.complaint())
                .isEqualTo(
                        "several models are installed: tiny, two. Say which: --model NAME, or once"
                                + " and for all: snug models use NAME");
        assertThat(byDefault.out()).contains("  (tiny)");
        assertThat(named.out()).contains("  (two)");
        assertThat(console.run("models").out()).containsPattern("(?m)^tiny .*, default$");
    }

    @Test
    void aRemovedModelIsGoneAndNoLongerTheDefault() {
        importSecond();
        console.run("models", "use", "tiny").ended(ExitCode.OK);

        console.run("models", "remove", "tiny").ended(ExitCode.OK);

        assertThat(home.resolve("models/tiny")).doesNotExist();
        assertThat(console.run("classify", Golden.picture(2)).ended(ExitCode.OK).out())
                .contains("  (two)");
    }

    @Test
    void aNameThatIsNotInstalledIsTold() {
        for (String command : List.of("use", "remove", "verify")) {
            Ran ran = console.run("models", command, "skin").ended(ExitCode.FAILED);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.complaint()).as(command).contains("there is no model skin in ");
        }
        console.run("models", "use").ended(ExitCode.USAGE);
        console.run("models", "skin").ended(ExitCode.USAGE);
    }

    @Test
    void verifyComparesEveryByte() throws IOException {
        importSecond();
        assertThat(console.run("models", "verify").ended(ExitCode.OK).out())
                .isEqualTo("tiny: ok\ntwo: ok\n");
        flipOneBit(home.resolve("models/two/model.weights"));

        Ran ran = console.run("models", "verify").ended(ExitCode.FAILED);

        assertThat(ran.out()).isEqualTo("tiny: ok\n");
        assertThat(ran.err()).contains("snug: two: ").contains("model.weights");
        assertThat(console.run("models", "verify", "tiny").ended(ExitCode.OK).out())
                .isEqualTo("tiny: ok\n");
    }

    @Test
    void aBrokenModelIsListedWithItsErrorAndAnswersNothing() throws IOException {
        importSecond();
        Files.writeString(home.resolve("models/two/manifest.json"), "{}");

        Ran text = console.run("models").ended(ExitCode.FAILED);
        Ran json = console.run("models", "--json").ended(ExitCode.FAILED);

        assertThat(text.out()).containsPattern("(?m)^two +broken: .*manifest\\.json");
        assertThat(json.list())
                .anySatisfy(model -> assertThat(model.keys()).containsExactly("name", "error"));
        console.run("classify", Golden.picture(2), "-m=two").ended(ExitCode.FAILED);
        assertThat(console.run("classify", Golden.picture(2)).ended(ExitCode.OK).out())
                .as("the one that is whole answers")
                .contains("  (tiny)");
        console.run("models", "remove", "two").ended(ExitCode.OK);
        console.run("models").ended(ExitCode.OK);
    }

    @Test
    void aWeightsFileCutShortIsRefusedWithoutACrash() throws IOException {
        Path weights = home.resolve("models/two/model.weights");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length / 2));

        Ran ran = console.run("classify", Golden.picture(2)).ended(ExitCode.FAILED);

        assertThat(ran.out()).isEmpty();
        assertThat(ran.complaint()).startsWith("model two is broken: ").contains("model.weights");
    }

    private static void flipOneBit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
