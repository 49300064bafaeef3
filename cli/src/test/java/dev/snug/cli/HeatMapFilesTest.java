package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/**
 * Where {@code snug classify --explain} writes which picture. The oracles are the JDK's own PNG
 * reader and the file system.
 */
final class HeatMapFilesTest {
    @TempDir private static Path shared;

    private static Console two;

    @TempDir private Path folder;

    @BeforeAll
    static void importModel() {
        two = Console.withTwoInputs(shared);
    }

    @Test
    void theOverlayIsAPngAsLargeAsThePicture() throws IOException {
        Path map = folder.resolve("map.png");

        Ran ran =
                two.run("classify", Golden.picture(3), "-e", "-o", map.toString())
                        .ended(ExitCode.OK);

        assertThat(ran.out()).contains("  heat map: " + map + "\n");
        BufferedImage overlay = ImageIO.read(map.toFile());
        assertThat(List.of(overlay.getWidth(), overlay.getHeight())).containsExactly(501, 333);
        assertThat(names(folder)).containsExactly("map.png");
    }

    @Test
    void jsonNamesTheFileAndOutputAloneAsksForTheMap() {
        String map = folder.resolve("map.png").toString();

        Ran ran = two.run("classify", Golden.picture(2), "--json", "-o", map).ended(ExitCode.OK);

        assertThat(ran.objects().getFirst().get("heatmap").text()).isEqualTo(map);
        assertThat(folder.resolve("map.png")).isNotEmptyFile();
    }

    @Test
    void coloursAndTheExplainedClassChangeTheMap() throws IOException {
        byte[] viridis = overlay("--explain");

        assertThat(overlay("--explain", "--colormap=viridis")).isEqualTo(viridis);
        assertThat(overlay("--colormap=jet")).isNotEqualTo(viridis);
        assertThat(overlay("--colormap=JET")).isEqualTo(overlay("--colormap=jet"));
        assertThat(overlay("--class=c")).as("c is the likeliest").isEqualTo(viridis);
        assertThat(overlay("--class=a")).isNotEqualTo(viridis);
    }

    private byte[] overlay(String... options) throws IOException {
        Path map = folder.resolve("map.png");
        String[] line = new String[4 + options.length];
        line[0] = "classify";
        line[1] = Golden.picture(2);
        line[2] = "-o";
        line[3] = map.toString();
        System.arraycopy(options, 0, line, 4, options.length);
        two.run(line).ended(ExitCode.OK);
        return Files.readAllBytes(map);
    }

    @Test
    void aFolderIsAFolderForOnePictureToo() throws IOException {
        Path existing = Files.createDirectory(folder.resolve("existing"));

        two.run("classify", Golden.picture(2), "-o", existing.toString()).ended(ExitCode.OK);
        two.run("classify", Golden.picture(2), "-o", folder.resolve("new") + "/")
                .ended(ExitCode.OK);

        assertThat(names(existing)).containsExactly("picture_2.heatmap.png");
        assertThat(names(folder.resolve("new"))).containsExactly("picture_2.heatmap.png");
    }

    @Test
    void picturesOfOneNameGetMapsOfTheirOwn() throws IOException {
        two.run(
                        "classify",
                        Golden.picture(2),
                        Golden.keras("picture_2.jpg"),
                        Golden.picture(2),
                        "-o",
                        folder.resolve("maps").toString())
                .ended(ExitCode.OK);

        assertThat(names(folder.resolve("maps")))
                .containsExactly(
                        "picture_2-2.heatmap.png",
                        "picture_2-3.heatmap.png",
                        "picture_2.heatmap.png");
    }

    @Test
    void anExistingFileCannotTakeSeveralMaps() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "mine");

        Ran several =
                two.run("classify", Golden.picture(2), Golden.picture(3), "-o", file.toString())
                        .ended(ExitCode.USAGE);
        two.run("classify", Golden.picture(2), "-o", file + "/").ended(ExitCode.USAGE);

        assertThat(several.out()).isEmpty();
        assertThat(several.complaint()).contains(file.toString(), "need a folder");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aDeviceIsWrittenThroughForAnyNumberOfPictures() {
        two.run("classify", Golden.picture(2), "-o", "/dev/null").ended(ExitCode.OK);
        two.run("classify", Golden.picture(2), Golden.picture(3), "-o", "/dev/null")
                .ended(ExitCode.OK);

        assertThat(Path.of("/dev/null")).exists();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void aMapThatCannotBeWrittenIsAFaultOfThatPictureAlone() throws IOException {
        Path maps = folder.resolve("maps");
        Path inTheWay = Files.createDirectories(maps.resolve("picture_2.heatmap.png"));

        Ran ran =
                two.run("classify", Golden.picture(2), Golden.picture(3), "-o", maps.toString())
                        .ended(ExitCode.FAILED);

        assertThat(ran.complaint())
                .isEqualTo(
                        "%s: cannot write %s: %s: is a folder"
                                .formatted(Golden.picture(2), inTheWay, inTheWay));
        assertThat(ran.out()).contains(Golden.picture(3));
        assertThat(names(maps)).containsExactly("picture_2.heatmap.png", "picture_3.heatmap.png");
    }

    @Test
    void whereNothingStandsOutItSaysSoAndWritesNothing() throws IOException {
        String map = folder.resolve("map.png").toString();
        String[] question = {"classify", Golden.picture(2), "--class=d", "-o", map, "--json"};

        Ran json = two.run(question).ended(ExitCode.OK);
        question[5] = "--top=7";
        Ran table = two.run(question).ended(ExitCode.OK);

        assertThat(json.objects().getFirst().get("heatmap").isNull()).isTrue();
        assertThat(table.out()).contains("  heat map: nothing stands out, so none was written\n");
        assertThat(names(folder)).isEmpty();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
