package dev.snug.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of a host that says whether a file is right. Where it is not installed the test is not
 * run and says what to install.
 */
final class HostTool {
    private static final int PATIENCE_SECONDS = 60;

    private HostTool() {}

    /** What it said. */
    record Said(int exitCode, String out, String err) {}

    /** Skips the test where {@code program} is not on the path. */
    static void require(String program, String remedy) {
        boolean isThere =
                List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!isThere) {
            String why = "not checked: no " + program + " here; " + remedy;
            System.out.println(why);
            Assumptions.abort(why);
        }
    }

    static Said run(Path folder, Map<String, String> variables, String... command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
