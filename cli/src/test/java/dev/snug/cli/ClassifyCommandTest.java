package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Answers, faults and exit codes of {@code snug classify}. The oracles are TensorFlow's
 * probabilities (golden.json, from pixels that Pillow resized, hence the tolerance) and the words
 * of issue 3: its JSON keys, its exit codes.
 */
final class ClassifyCommandTest {
    @TempDir private static Path shared;

    private static Console two;
    private static Console tiny;

    @TempDir private Path folder;

    @BeforeAll
    static void importModels() {
        two = Console.withTwoInputs(shared.resolve("two"));
        tiny = Console.at(shared.resolve("tiny"));
        tiny.run("import", Golden.keras("tiny_efficientnetv2.keras")).ended(ExitCode.OK);
    }

    @Test
    void answersAreThoseOfTensorFlow() throws Exception {
        List<Tree> cases = goldenCases("tiny_efficientnetv2");
        Ran ran =
                tiny.run(
                                "classify",
                                "--json",
                                Golden.picture(0),
                                Golden.picture(1),
                                Golden.picture(2),
                                Golden.picture(3))
                        .ended(ExitCode.OK);

        List<Tree> answers = ran.objects();
        assertThat(answers).hasSize(4);
        for (int picture = 0; picture < answers.size(); picture++) {
            List<Tree> expected = cases.get(picture).get("probabilities").elements();
            for (Tree found : answers.get(picture).get("classes").elements()) {
                int number = Integer.parseInt(found.get("id").text());
                assertThat(number(found, "probability"))
                        .as("picture %d, class %d", picture, number)
                        .isCloseTo(expected.get(number).number(), within(0.02));
            }
        }
    }

    @Test
    void aJsonAnswerHasTheseKeysAndAllClassesLikeliestFirst() {
        Tree answer =
                two.run("classify", Golden.picture(2), "--json")
                        .ended(ExitCode.OK)
                        .objects()
                        .getFirst();

        assertThat(answer.keys())
                .containsExactly(
                        "file",
                        "model",
                        "classes",
                        "heatmap",
                        "decoded_at",
                        "seconds",
                        "peak_rss_bytes",
                        "provider",
                        "provider_asked",
                        "provider_reason");
        assertThat(answer.get("file").text()).isEqualTo(Golden.picture(2));
        assertThat(answer.get("model").text()).isEqualTo("two");
        assertThat(answer.get("heatmap").isNull()).isTrue();
        assertThat(number(answer, "seconds")).isBetween(0.0, 60.0);
        assertThat(number(answer, "peak_rss_bytes")).isBetween(50e6, 4e9);
        List<Tree> classes = answer.get("classes").elements();
        assertThat(classes)
                .allSatisfy(
                        found ->
                                assertThat(found.keys())
                                        .containsExactly("id", "name", "probability"));
        assertThat(classes)
                .extracting(found -> found.get("id").text())
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g");
        assertThat(classes)
                .extracting(found -> number(found, "probability"))
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(classes.stream().mapToDouble(found -> number(found, "probability")).sum())
                .isCloseTo(1, within(1e-4));
        assertThat(classes.getFirst().get("name").text()).isEqualTo("the third class");
    }

    @Test
    void theTableShowsBarsGroupsTimeMemoryAndTheWarningOnce() {
        Ran ran =
                two.run("classify", Golden.picture(2), Golden.keras("picture_2.jpg"))
                        .ended(ExitCode.OK);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines().filter(line -> line.endsWith("  (two)")))
                .containsExactly(
                        Golden.picture(2) + "  (two)", Golden.keras("picture_2.jpg") + "  (two)");
        assertThat(ran.out())
                .containsPattern("(?m)^  c  █+[▏▎▍▌▋▊▉]? +31\\.6\\d %  the third class  malignant$")
                .containsPattern("(?m)^  malignant 31\\.6 %, benign \\d\\d\\.\\d %$")
                .containsPattern("(?m)^  \\d+\\.\\d\\d s, peak memory \\d+ MiB$");
        assertThat(ran.out().split("Not a diagnosis", -1)).hasSize(2);
        assertThat(ran.out().lines().filter(line -> line.contains(" %  "))).hasSize(2 * 5);
    }

    @Test
    void topLimitsTheTableAndNotTheJson() {
        Ran table = two.run("classify", Golden.picture(2), "--top=2").ended(ExitCode.OK);
        Ran json = two.run("classify", Golden.picture(2), "--top=2", "--json").ended(ExitCode.OK);

        assertThat(table.out().lines().filter(line -> line.contains(" %  "))).hasSize(2);
        assertThat(json.objects().getFirst().get("classes").elements()).hasSize(7);
    }

    @Test
    void oneBadFileDoesNotStopTheOthersAndIsNamedOnce() throws Exception {
        String missing = folder.resolve("missing.png").toString();
        String text = Files.writeString(folder.resolve("text.jpg"), "no picture").toString();

        Ran ran =
                two.run("classify", missing, Golden.picture(2), text, Golden.picture(4))
                        .ended(ExitCode.FAILED);

        assertThat(ran.out()).contains(Golden.picture(2), Golden.picture(4));
        assertThat(ran.err().lines())
                .containsExactly(
                        "snug: " + missing + ": no such file",
                        "snug: "
                                + text
                                + ": not a picture: JPEG, PNG, WebP, GIF, BMP and TIFF are read;"
                                + " save it as one of these");
    }

    @Test
    void aBadFileIsALineOfJsonWithFileAndErrorAlone() {
        String missing = folder.resolve("missing.png").toString();

        Ran ran = two.run("classify", "--json", missing, Golden.picture(2)).ended(ExitCode.FAILED);

        assertThat(ran.err()).isEmpty();
        Tree fault = ran.objects().getFirst();
        assertThat(fault.keys()).containsExactly("file", "error");
        assertThat(fault.get("file").text()).isEqualTo(missing);
        assertThat(fault.get("error").text()).isEqualTo("no such file");
        assertThat(ran.objects().get(1).keys()).contains("classes");
    }

    @Test
    void onlyWhenEveryPictureIsTooLargeDoesTheExitCodeSayMemory() throws Exception {
        String huge = Golden.hugePng(folder);

        Ran refused = two.run("classify", huge, huge).ended(ExitCode.REFUSED_FOR_MEMORY);
        two.run("classify", huge, Golden.picture(2)).ended(ExitCode.FAILED);
        two.run("classify", huge, folder.resolve("missing.png").toString()).ended(ExitCode.FAILED);

        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("the picture is 100000 x 100000; the limit is 100,000,000 pixels");
    }

    @Test
    void patientValuesChangeTheAnswerAndDecimalsCount() {
        assertThat(
                        List.of(
                                firstProbability(),
                                firstProbability("--age=41"),
                                firstProbability("--age=41.5"),
                                firstProbability("--sex=male"),
                                firstProbability("--sex=FEMALE"),
                                firstProbability("--location=trunk")))
                .doesNotHaveDuplicates();
    }

    private static double firstProbability(String... more) {
        String[] line = new String[3 + more.length];
        line[0] = "classify";
        line[1] = "--json";
        line[2] = Golden.picture(2);
        System.arraycopy(more, 0, line, 3, more.length);
        Tree answer = two.run(line).ended(ExitCode.OK).objects().getFirst();
        return number(answer.get("classes").elements().getFirst(), "probability");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--sex=other | the model knows no sex \"other\"; it knows female, male, unknown",
                "--location=moon | it knows arm, head-or-neck, leg-or-genital, trunk, unknown",
                "--age=old | 'old' is not a double",
                "--age=1990 | the age must be 0 to 130 years, not 1990.0",
                "--age=-1 | the age must be 0 to 130 years, not -1.0",
                "--age=NaN | the age must be 0 to 130 years, not NaN",
                "--class=mel | the model knows no class \"mel\"; it knows [a, b, c, d, e, f, g]",
                "--colormap=pink | expected one of [VIRIDIS, JET]",
                "--top=0 | --top must be 1 or more, not 0",
                "--top=many | 'many' is not an int",
                "--threads=-1 | threads must be 0 to 256, not -1",
                "--picture-size=big | 'big' is not an int",
                "--model=../two | model name '../two' is not plain",
                "--explian | Unknown option: '--explian'",
            })
    void wrongUsageIsToldInOneLineBeforeAnyPicture(String option, String complaint) {
        Ran ran =
                two.run("classify", Golden.picture(2), Golden.picture(4), option)
                        .ended(ExitCode.USAGE);

        assertThat(ran.out()).isEmpty();
        assertThat(ran.complaint()).contains(complaint);
        assertThat(ran.err()).endsWith("Try: snug classify --help\n");
    }

    @Test
    void aModelWithoutPatientValuesRefusesThem() {
        Ran ran = tiny.run("classify", Golden.picture(2), "--age=40").ended(ExitCode.USAGE);

        assertThat(ran.complaint())
                .isEqualTo("this model looks at pictures alone; it takes no patient values");
    }

    @Test
    void noPictureIsWrongUsage() {
        assertThat(two.run("classify").ended(ExitCode.USAGE).complaint())
                .isEqualTo("Missing required parameter: 'FILE'");
    }

    @Test
    void aModelThatIsNotThereIsNamedWithThoseThatAre() {
        Ran ran = two.run("classify", Golden.picture(2), "-m", "skin").ended(ExitCode.FAILED);

        assertThat(ran.complaint())
                .startsWith("there is no model skin in ")
                .endsWith("there are two");
    }

    @Test
    void anUnknownPictureSizeIsToldWithThoseThatAreThere() {
        Ran ran =
                two.run("classify", Golden.picture(2), "--picture-size=300").ended(ExitCode.FAILED);

        assertThat(ran.complaint())
                .isEqualTo(
                        "model two has no picture size 300; it has 96x96. Import it again with"
                                + " --picture-size 300");
    }

    private static double number(Tree object, String key) {
        return object.get(key).number();
    }

    private static List<Tree> goldenCases(String model) throws IOException {
        return Tree.parse(Files.readString(Path.of(Golden.keras("golden.json"))))
                .get("models")
                .get(model)
                .get("cases")
                .elements();
    }
}
