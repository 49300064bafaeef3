package dev.snug.cli;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a test types command lines, inside this process.
 *
 * @param home SNUG_HOME
 * @param typed what a person at a terminal types; null when nobody is there
 */
record Console(Path home, @Nullable String typed) {
    /** Nobody is at the terminal. */
    static Console at(Path home) {
        return new Console(home, null);
    }

    /** A console with the model two_inputs: patient values, 7 classes a to g, three with groups. */
    static Console withTwoInputs(Path home) {
        Console console = at(home);
        console.run(
                        "import",
                        Golden.keras("two_inputs.keras"),
                        "--name=two",
                        "--settings",
                        Golden.keras("two_inputs.settings.json"))
                .ended(ExitCode.OK);
        return console;
    }

    /** The same with a person who answers questions with {@code line}. */
    Console answering(String line) {
        return new Console(home, line + "\n");
    }

    Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String input = typed == null ? "" : typed;
        int exitCode =
                Main.run(
                        new Surroundings(
                                Map.of("SNUG_HOME", home.toString(), "NO_COLOR", "1"),
                                Optional.empty(),
                                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                typed != null),
                        arguments);
        return new Ran(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
