package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.ClassifierSettings;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The {@code snug} command as it was built, on a machine of its own as far as files go.
 *
 * @param folder where it runs; the rest lies below: models in "home", temporary files in "tmp"
 * @param variables all that it sees of the environment
 * @param before words in front of the launcher, which start it in their turn
 */
record Snug(Path folder, Map<String, String> variables, List<String> before) {
    /** The checkout. */
    static final Path ROOT =
            Path.of(System.getProperty("snug.root", "..")).toAbsolutePath().normalize();

    /** The name under which {@link #withClassifier} installs a model. */
    static final String CLASSIFIER = "tiny";

    private static final Path GOLDEN =
            ROOT.resolve("vision/src/test/resources/golden/keras-vision");

    /** A picture of 96 × 96 pixels or about, which both ways in are asked about. */
    static final Path PICTURE = GOLDEN.resolve("picture_2.png");

    private static final int PATIENCE_SECONDS = 60;

    /** How a command ended. */
    @SuppressWarnings("ArrayRecordComponent") // read once, by tests alone
    record Ended(int exitCode, byte[] out, String err) {
        /** What it wrote, without the last line's end. */
        String text() {
            return new String(out, StandardCharsets.UTF_8).strip();
        }
    }

    Snug {
        variables = Map.copyOf(variables);
        before = List.copyOf(before);
    }

    /** With nothing installed but what ships with Snug. */
    static Snug in(Path folder) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        variables.put("HOME", folder.toString());
        variables.put("JAVA_HOME", System.getProperty("java.home", ""));
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("SNUG_NO_BUILD", "1");
        variables.put("SNUG_HOME", folder.resolve("home").toString());
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        return new Snug(folder, variables, List.of()).temporary(temporary);
    }

    /** The same with a small classifier, whose heat maps are real ones. */
    Snug withClassifier() {
        ClassifierImport.run(
                new ClassifierImport.Request(
                        GOLDEN.resolve("tiny_efficientnetv2.keras"),
                        CLASSIFIER,
                        "golden",
                        null,
                        List.of(96, 192, 320),
                        ClassifierSettings.DEFAULT),
                new BundleStore(home()),
                "test",
                _ -> {});
        return this;
    }

    /** The same with one more variable. */
    Snug with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put(name, value);
        return new Snug(folder, more, before);
    }

    /** The same with its temporary files elsewhere. */
    Snug temporary(Path elsewhere) {
        return with("SNUG_JAVA_OPTIONS", "-Djava.io.tmpdir=" + elsewhere);
    }

    /** The same, started by {@code words}. */
    Snug behind(List<String> words) {
        return new Snug(folder, variables, words);
    }

    Path home() {
        return folder.resolve("home");
    }

    /** Where a server keeps its data that is told nothing else. */
    Path data() {
        return home().resolve("server");
    }

    /** Starts it; the caller ends it. */
    Process start(Path out, Path err, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(before);
        line.add(ROOT.resolve("snug").toString());
        line.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Runs it to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return typing("", arguments);
    }

    /** Runs it to its end with {@code typed} on standard input. */
    Ended typing(String typed, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".bin");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = start(out, err, List.of(arguments));
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(typed.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", List.of(arguments))
                    .isTrue();
            return new Ended(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    /** What it writes when all goes well. */
    Ended done(String... arguments) throws IOException, InterruptedException {
        Ended ended = run(arguments);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended;
    }

    /** An account and a token of it with these scopes, such as "classify,status". */
    String token(String account, String scopes) throws IOException, InterruptedException {
        return done("account", "token", account, "--scope", scopes).text();
    }

    /** Makes an account. */
    void account(String name, String password) throws IOException, InterruptedException {
        Ended ended = typing(password + "\n", "account", "add", name, "--password-stdin");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }

    /** Starts a server and waits until it listens. */
    Serving serve(String... arguments) throws IOException, InterruptedException {
        return Serving.start(this, List.of(arguments));
    }
}
