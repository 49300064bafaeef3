package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What {@code snug classify --report} writes. The oracles are the JSON answer to the same question
 * and PDFBox's reader.
 */
final class ReportFilesTest {
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

    private static String text(Path pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void namesAndPercentagesAreThoseOfTheJsonAnswer() throws Exception {
        Path pdf = folder.resolve("mole.pdf");

        Ran ran =
                two.run(
                                "classify",
                                Golden.picture(2),
                                "--json",
                                "--report",
                                pdf.toString(),
                                "--sex=female",
                                "--age=41.5")
                        .ended(ExitCode.OK);

        Tree answer = ran.objects().getFirst();
        assertThat(answer.get("report").text()).isEqualTo(pdf.toString());
        String text = text(pdf);
        for (Tree found : answer.get("classes").elements()) {
            double percent = 100 * found.get("probability").number();
            assertThat(text.lines())
                    .anySatisfy(
                            line ->
                                    assertThat(line)
                                            .contains(found.get("id").text())
                                            .startsWith(found.get("name").text())
                                            .contains(
                                                    String.format(
                                                            Locale.ROOT, "%.1f\u00a0%%", percent)));
        }
        byte[] picture = Files.readAllBytes(Path.of(Golden.picture(2)));
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture));
        assertThat(text)
                .contains("Model two", "File picture_2.png", sha256, "female", "41.5")
                .doesNotContain(Golden.picture(2));
    }

    @Test
    void theMapIsOnIt() throws IOException {
        Path plain = folder.resolve("plain.pdf");
        Path mapped = folder.resolve("mapped.pdf");
        String map = folder.resolve("map.png").toString();

        tiny.run("classify", Golden.picture(2), "--report=" + plain).ended(ExitCode.OK);
        tiny.run("classify", Golden.picture(2), "-e", "-o", map, "--report=" + mapped)
                .ended(ExitCode.OK);

        assertThat(text(plain)).doesNotContain("Where the model looked");
        assertThat(text(mapped)).contains("Where the model looked for: ");
        assertThat(Path.of(map)).isNotEmptyFile();
        assertThat(pictures(plain)).isEqualTo(1);
        assertThat(pictures(mapped)).isEqualTo(2);
    }

    private static int pictures(Path pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            int count = 0;
            for (var _ : document.getPage(0).getResources().getXObjectNames()) {
                count++;
            }
            return count;
        }
    }

    @Test
    void severalPicturesGetAPageEachInAFolder() throws IOException {
        Path reports = folder.resolve("reports");

        two.run(
                        "classify",
                        Golden.picture(2),
                        Golden.keras("picture_2.jpg"),
                        Golden.picture(3),
                        "--report",
                        reports.toString())
                .ended(ExitCode.OK);

        assertThat(names(reports))
                .containsExactly(
                        "picture_2-2.report.pdf", "picture_2.report.pdf", "picture_3.report.pdf");
    }

    @Test
    void aPictureThatIsNoneFailsAsEverAndLeavesNoPage() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "no picture");
        Path reports = folder.resolve("reports");

        String plain = two.run("classify", broken.toString()).ended(ExitCode.FAILED).complaint();
        Ran ran =
                two.run("classify", broken.toString(), Golden.picture(3), "--report=" + reports)
                        .ended(ExitCode.FAILED);

        assertThat(ran.complaint()).isEqualTo(plain);
        assertThat(names(reports)).containsExactly("picture_3.report.pdf");
    }

    @Test
    void aFileInTheWayIsReplacedWholeAndOneForSeveralRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "mine");

        Ran several =
                two.run("classify", Golden.picture(2), Golden.picture(3), "--report=" + file)
                        .ended(ExitCode.USAGE);
        assertThat(several.complaint()).startsWith("--report " + file).contains("need a folder");
        assertThat(file).hasContent("mine");

        two.run("classify", Golden.picture(2), "--report=" + file).ended(ExitCode.OK);
        assertThat(text(file)).contains("Report of a skin picture");
        assertThat(names(folder)).containsExactly("notes.txt");
    }

    @Test
    void nothingOfTheFileButItsPixelsComesIn() throws IOException {
        byte[] jpeg = Files.readAllBytes(Path.of(Golden.keras("picture_2.jpg")));
        byte[] secret =
                "Exif\0\0 GPS 10.7769 106.7009 Canon SN4711".getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream tagged = new ByteArrayOutputStream();
        tagged.write(jpeg, 0, 2);
        tagged.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (secret.length + 2)});
        tagged.write(secret);
        tagged.write(jpeg, 2, jpeg.length - 2);
        Path photo = Files.write(folder.resolve("photo.jpg"), tagged.toByteArray());
        Path pdf = folder.resolve("photo.pdf");

        two.run("classify", photo.toString(), "--report=" + pdf).ended(ExitCode.OK);

        String bytes = Files.readString(pdf, StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("GPS", "Canon", "Exif", "4711");
        assertThat(text(pdf)).doesNotContain("GPS", "Canon");
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            assertThat(document.getDocumentInformation().getMetadataKeys())
                    .containsExactlyInAnyOrder("Title", "Creator", "CreationDate");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
