package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The Vietnamese page on memory beside the planner. The oracle is {@link OutOfMemoryPage}; with the
 * property {@code snug.write.pages} set the page is written instead.
 */
final class OutOfMemoryPageTest {
    private static final Path PAGE = Golden.ROOT.resolve("docs/vi/het-ram.md");

    @TempDir private Path home;

    @Test
    void thePageSaysWhatThePlannerSays() throws IOException {
        Console.at(home)
                .run(
                        "import",
                        Golden.keras("tiny_efficientnetv2.keras"),
                        "--name=" + OutOfMemoryPage.CLASSIFIER,
                        "--picture-size=128,96")
                .ended(ExitCode.OK);
        // The copy for this machine differs from machine to machine.
        try (Stream<Path> inModel =
                Files.list(home.resolve("models/" + OutOfMemoryPage.CLASSIFIER))) {
            inModel.filter(Files::isDirectory).forEach(OutOfMemoryPageTest::delete);
        }
        String text = new OutOfMemoryPage(Golden.ROOT.resolve("models"), home).text();
        if (Boolean.getBoolean("snug.write.pages")) {
            Files.writeString(PAGE, text);
        }

        assertThat(text).isEqualTo(Files.readString(PAGE));
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
