package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A POSIX shell in a folder of its own, in which {@code $SNUG} is the launcher and {@code $PICTURE}
 * a picture. It starts what was built ({@code SNUG_NO_BUILD}) and sees nothing of the caller's
 * environment. No model ships with Snug there.
 */
record Shell(Path folder, Map<String, String> variables) {
    private static final int PATIENCE_SECONDS = 120;
    private static final String OPTIONS = "SNUG_JAVA_OPTIONS";
    private static final String SHIPPED = "-Dsnug.shipped=";

    /** A shell in {@code folder}; SNUG_HOME is its folder "home". */
    static Shell in(Path folder) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        variables.put("HOME", folder.toString());
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("SNUG", Golden.ROOT.resolve("snug").toString());
        variables.put("SNUG_HOME", folder.resolve("home").toString());
        variables.put("SNUG_NO_BUILD", "1");
        // What a test finds installed is what the test installed.
        variables.put(OPTIONS, SHIPPED);
        variables.put("GOLDEN", Path.of(Golden.keras("")).toString());
        variables.put("PICTURE", Golden.picture(2));
        return new Shell(folder, variables);
    }

    /** The same with one more variable. */
    Shell with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new Shell(folder, more);
    }

    /** The same with the models in {@code models} shipping with Snug. */
    Shell shipping(Path models) {
        return with(OPTIONS, SHIPPED + models);
    }

    /** The same with the model two_inputs installed. */
    Shell withTwoInputs() {
        Console.withTwoInputs(home());
        return this;
    }

    Path home() {
        return Path.of(variables.get("SNUG_HOME"));
    }

    /** Starts {@code script}; its output goes to the two files. */
    Process start(String script, Path out, Path err) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", script)
                        .directory(folder.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Runs {@code script} to its end. */
    Ran run(String script) throws IOException, InterruptedException {
        Path out = Files.createTempFile("snug-out", ".txt");
        Path err = Files.createTempFile("snug-err", ".txt");
        Process process = start(script, out, err);
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(script).isTrue();
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }
}
