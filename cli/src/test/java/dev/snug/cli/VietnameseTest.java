package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.language.Language;
import dev.snug.runtime.worker.JavaCommand;
import dev.snug.speech.bundle.SpeechSettings.Family;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Commands with {@code --lang vi}. The oracle of "no English is left" is what the same command
 * prints in English: no word of it is printed again but names, settings and figures.
 */
final class VietnameseTest {
    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");

    /** Names of settings, values, commands, accounts, units; and words that both languages have. */
    private static final Set<String> NAMES =
            Arrays.stream(
                            """
                            snug plan fit classify speak photo jpg memory precision steps threads
                            chunk seconds weights arena optimization stages process picture size
                            heat map fp portable layout pictures on off one none mapped prepacked
                            swapped kept basic answered copy ort jvm heap audio caches activations
                            workers device MiB GiB CPU Java ONNX Runtime SNUG MEMORY two voice
                            image classifier text velocity vocoder mel explain megapixels Xin chào Raspberry Pi GB
                            jobs measure tensor mel kernel java cgroup Render free models compare
                            on pictures sentences txt MB sys fs lang says decoding reduced whole
                            """
                                    .strip()
                                    .split("\\s+"))
                    .collect(Collectors.toUnmodifiableSet());

    @TempDir private Path home;
    private Console pictures;
    private FakeSpeech speech;

    @BeforeEach
    void install() {
        pictures = Console.withTwoInputs(home.resolve("pictures"));
        speech = new FakeSpeech(home.resolve("speech")).with("voice", Family.F5);
    }

    /** Words of English that the Vietnamese text has, too. */
    private static Set<String> left(String english, String vietnamese) {
        Set<String> left = words(vietnamese);
        left.retainAll(words(english));
        left.removeAll(NAMES);
        return left;
    }

    private static Set<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String[] vietnamese(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--lang=vi");
        return all.toArray(String[]::new);
    }

    private String pictures(int exitCode, String... arguments) {
        String english = pictures.run(arguments).ended(exitCode).out();
        String said = pictures.run(vietnamese(arguments)).ended(exitCode).out();
        assertThat(left(english, said)).as("English that is left in: %s", said).isEmpty();
        return said;
    }

    private String speech(int exitCode, String... arguments) {
        String english = speech.run(arguments).ended(exitCode).out();
        String said = speech.run(vietnamese(arguments)).ended(exitCode).out();
        assertThat(left(english, said)).as("English that is left in: %s", said).isEmpty();
        return said;
    }

    @Test
    void aPlanThatFitsIsSaidInVietnamese() {
        assertThat(pictures(ExitCode.OK, "plan", "two", "--memory=512MiB"))
                .startsWith("two, ảnh 12.2 megapixel, dưới 512 MiB: --memory đặt là 512MiB\n\nVừa.")
                .contains("THIẾT LẬP", "Lệnh chạy: snug classify photo.jpg -m two");
        assertThat(speech(ExitCode.OK, "plan", "voice", "--memory=512MiB"))
                .startsWith("voice, một văn bản dài bất kỳ sau bản ghi mẫu ");
    }

    @Test
    void aPlanThatGivesUpOrDoesNotFitIsSaidInVietnamese() {
        assertThat(pictures(ExitCode.REFUSED_FOR_MEMORY, "plan", "two", "--memory=64MiB"))
                .contains("Không vừa. Dưới đây là các thiết lập cần ít nhất.");
        assertThat(speech(ExitCode.REFUSED_FOR_MEMORY, "plan", "voice", "--memory=32MiB"))
                .contains("Phải bỏ: ", " thay cho ");
    }

    @Test
    void everyPreferenceAndDecisionIsSaidInVietnamese() {
        for (String prefer : List.of("quality", "speed", "balanced")) {
            speech(ExitCode.OK, "plan", "voice", "--memory=256MiB", "--prefer=" + prefer);
            pictures(ExitCode.OK, "plan", "two", "--memory=512MiB", "--prefer=" + prefer);
        }
        assertThat(speech(ExitCode.OK, "plan", "voice", "--memory=256MiB", "--steps=9"))
                .contains("như bạn yêu cầu");
        pictures(ExitCode.OK, "plan", "two", "--memory=512MiB", "--heat-map=off", "--threads=3");
    }

    @Test
    void whatFitsAHostIsSaidInVietnamese() {
        assertThat(pictures(ExitCode.OK, "fit", "render-free"))
                .startsWith("Render, máy miễn phí: tối đa 512 MiB (Render, máy miễn phí), 1 nhân");
        assertThat(speech(ExitCode.OK, "fit", "pi4"))
                .contains("một nửa của Raspberry Pi 4 B, 4 GB: phần còn lại dành cho hệ thống")
                .contains("cho một câu dài 4 s (ước đoán)");
        assertThat(pictures(ExitCode.OK, "fit", "20MiB")).contains("two: không vừa; cần ");
        assertThat(Console.at(home.resolve("none")).run("fit", "1GB", "--lang", "vi").out())
                .contains("Chưa cài mô hình nào.");
    }

    @Test
    void whatTheDoctorFindsIsSaidInVietnamese() {
        String said = pictures.run("doctor", "--lang=vi").ended(ExitCode.OK).out();

        assertThat(said)
                .contains(
                        "phiên bản Java ",
                        "bộ nhớ vật lý ",
                        "tập lệnh ",
                        "bộ nhớ: đỉnh thường trú");
        assertThat(said.lines().map(line -> line.substring(0, line.indexOf("  "))))
                .allSatisfy(
                        label -> assertThat(label).matches("[\\p{L}: ]+").doesNotContain("memory"));
    }

    @Test
    void columnsOfAPlanStayStraight() {
        List<String> rows =
                pictures(ExitCode.OK, "plan", "two", "--memory=512MiB")
                        .lines()
                        .dropWhile(line -> !line.startsWith("THIẾT LẬP"))
                        .takeWhile(line -> line.contains("  "))
                        .toList();
        int reasons = rows.getFirst().indexOf("VÌ SAO");

        assertThat(rows).hasSizeGreaterThan(5);
        assertThat(rows)
                .allSatisfy(
                        row -> {
                            assertThat(row.charAt(reasons)).isNotEqualTo(' ');
                            assertThat(row.substring(reasons - 2, reasons)).isBlank();
                            assertThat(row.charAt(reasons - 3)).isNotEqualTo(' ');
                        });
    }

    @Test
    void aPictureOverTheLimitIsRefusedInVietnamese() throws IOException {
        String wide = Golden.hugePng(home);

        Ran ran = pictures.run("classify", wide, "--lang", "vi").ended(ExitCode.REFUSED_FOR_MEMORY);

        assertThat(ran.complaint())
                .isEqualTo(
                        wide
                                + ": ảnh 100000 x 100000; giới hạn là 100,000,000 điểm ảnh, và"
                                + " 65,535 mỗi cạnh. Hãy thu nhỏ ảnh");
    }

    @Test
    void aJobThatDoesNotFitIsRefusedInVietnamese() {
        String complaint =
                speech.run(
                                "speak",
                                "Xin chào.",
                                "--memory=32MiB",
                                "--lang=vi",
                                "-o",
                                home.resolve("a.wav").toString())
                        .ended(ExitCode.REFUSED_FOR_MEMORY)
                        .complaint();

        assertThat(complaint)
                .matches(
                        "voice không vừa 32 MiB \\(--memory đặt là 32MiB\\): cần [0-9]+ MiB, với"
                                + " .*\\. Hãy cho --memory [0-9]+MiB, hoặc xem vì sao: snug plan"
                                + " voice --memory 32MiB");
    }

    @Test
    void anUnknownModelIsRefusedInVietnamese() {
        assertThat(pictures.run("plan", "nobody", "--lang=vi").ended(ExitCode.FAILED).complaint())
                .isEqualTo(
                        "không có mô hình nobody trong "
                                + home.resolve("pictures/models")
                                + "; hiện có two");
    }

    @Test
    void aFileThatCannotBeReadIsSaidInVietnamese() {
        Path gone = home.resolve("gone.jpg");

        assertThat(
                        pictures.run("classify", gone.toString(), "--lang=vi")
                                .ended(ExitCode.FAILED)
                                .complaint())
                .isEqualTo(gone + ": không có tệp ấy");
    }

    @Test
    void aWrongCommandLineIsRefusedInTheLanguageThatItAsksFor() {
        Ran ran = pictures.run("plan", "two", "--nonsense", "--lang=vi").ended(ExitCode.USAGE);

        assertThat(ran.err())
                .isEqualTo("snug: Không có tuỳ chọn '--nonsense'\nXem: snug plan --help\n");
        assertThat(pictures.run("plan", "--lang=vi").ended(ExitCode.USAGE).err())
                .startsWith("snug: Thiếu tham số bắt buộc: 'MODEL'\n");
        assertThat(pictures.run("plan", "two", "--lang=fr").ended(ExitCode.USAGE).err())
                .contains("'--lang'");
    }

    @Test
    void whatProgramsReadIsEnglishInAllLanguages() {
        String english = pictures.run("plan", "two", "--memory=512MiB", "--json").out();

        assertThat(pictures.run(vietnamese("plan", "two", "--memory=512MiB", "--json")).out())
                .isEqualTo(english);
    }

    @Test
    void anEnglishRunLoadsNoCatalogue() throws Exception {
        assertThat(loaded("--lang=en"))
                .anyMatch(line -> line.contains(Language.class.getName()))
                .noneMatch(line -> line.contains("language.Catalogue"))
                .noneMatch(line -> line.contains("language.TranslatedLines"));
        assertThat(loaded("--lang=vi")).anyMatch(line -> line.contains("language.Catalogue"));
    }

    /** The classes of Snug that a process loads to refuse a host. */
    private List<String> loaded(String language) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        JavaCommand.ofThisProcess().java().toString(),
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "fit",
                        "mars",
                        language);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_"));
        builder.environment().putAll(Map.of("LANG", "C", "SNUG_HOME", home.toString()));
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).contains("mars");
        return said.lines().filter(line -> line.contains("dev.snug.cli.language.")).toList();
    }
}
