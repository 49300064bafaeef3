package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The Vietnamese page on memory beside the planner. The oracle is {@link OutOfMemoryPage}; with the
 * property {@code snug.write.pages} set the page is written instead.
 */
final class OutOfMemoryPageTest {
    private static final Path PAGE = Golden.ROOT.resolve("docs/vi/het-ram.md");

    @TempDir private Path home;

    @Test
    void thePageSaysWhatThePlannerSays() throws IOException {
        Console.withTwoInputs(home);
        String text = new OutOfMemoryPage(Golden.ROOT.resolve("models"), home).text();
        if (Boolean.getBoolean("snug.write.pages")) {
            Files.writeString(PAGE, text);
        }

        assertThat(text).isEqualTo(Files.readString(PAGE));
    }
}
