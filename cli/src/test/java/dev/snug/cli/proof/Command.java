package dev.snug.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code snug} command under hard limits, by {@code bench/under-limit}.
 *
 * @param folder where it runs; SNUG_HOME is its folder "home", and a copy of the JDK lies in "jdk",
 *     because pages that other programs map cannot be dropped and would be charged to nobody
 */
public record Command(Path folder) {
    /** Close to its limit a process thrashes before it is killed: nobody waits longer. */
    private static final int PATIENCE_SECONDS = 90;

    private static final Pattern NEEDED = Pattern.compile("--memory (\\d+)MiB");

    private static final String REQUIRED = "SNUG_REQUIRE_CGROUP";
    static final Path UNDER_LIMIT = RealWork.ROOT.resolve("bench/under-limit");

    /**
     * What the kernel told of one run.
     *
     * @param exitCode of the command; 137 when it was killed, by the kernel or for its patience
     * @param peakBytes charged, page cache included
     * @param oomKills processes that the kernel killed for memory
     */
    record Limited(
            int exitCode,
            long peakBytes,
            int oomKills,
            double wallSeconds,
            double cpuSeconds,
            String out,
            String err) {}

    /** Skips the test where no group can be made, or fails it where one must be. */
    public static void requireGroups(Path folder) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process probe =
                new ProcessBuilder(UNDER_LIMIT.toString(), "0", "--", "true")
                        .redirectError(err.toFile())
                        .start();
        if (probe.waitFor() != 0) {
            String why = "no proof under a hard limit: " + Files.readString(err).strip();
            System.out.println(why);
            assertThat(System.getenv(REQUIRED)).as(why).isNotEqualTo("1");
            Assumptions.abort(why);
        }
    }

    /** A command in {@code folder}, after {@link #requireGroups}. */
    public static Command in(Path folder) throws IOException, InterruptedException {
        requireGroups(folder);
        Path jdk = folder.resolve("jdk");
        String copy =
                """
                mkdir "$2" && cd "$1" && cp -a bin conf lib release "$2" && rm -f "$2/lib/src.zip"
                """;
        assertThat(
                        new ProcessBuilder(
                                        "sh",
                                        "-c",
                                        copy,
                                        "sh",
                                        System.getProperty("java.home", ""),
                                        jdk.toString())
                                .start()
                                .waitFor())
                .isZero();
        return new Command(folder);
    }

    Path home() {
        return folder.resolve("home");
    }

    /** Runs without a limit; only its output counts. */
    Limited run(List<String> arguments) throws IOException, InterruptedException {
        return run(0, arguments, Map.of());
    }

    /** Runs from a cold cache in a group of {@code limitBytes}, in whole MiB, upward. */
    Limited run(long limitBytes, List<String> arguments, Map<String, String> variables)
            throws IOException, InterruptedException {
        Path report = folder.resolve("report");
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        List<String> line = inGroup(limitBytes, report);
        line.addAll(List.of("timeout", "-s", "KILL", Integer.toString(PATIENCE_SECONDS)));
        line.add(RealWork.ROOT.resolve("snug").toString());
        line.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "LC_ALL",
                                "C.UTF-8",
                                "SNUG_NO_BUILD",
                                "1",
                                "SNUG_HOME",
                                Files.createDirectories(home()).toString(),
                                "SNUG_JAVA_HOME",
                                folder.resolve("jdk").toString()));
        builder.environment().putAll(variables);
        assertThat(builder.start().waitFor(2 * PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return limited(Files.readString(report), Files.readString(out), Files.readString(err));
    }

    /**
     * The words before a command that start it from a cold cache in a group of its own.
     *
     * @param limitBytes in whole MiB, upward; 0 for none
     * @param report where the kernel's counters are written when it ended
     */
    public List<String> inGroup(long limitBytes, Path report) {
        List<String> line = new ArrayList<>();
        line.addAll(List.of(UNDER_LIMIT.toString(), Long.toString(mebibytes(limitBytes))));
        if (limitBytes > 0) {
            for (Path mapped :
                    List.of(
                            folder.resolve("jdk"),
                            RealWork.ROOT.resolve("cli/target/dist"),
                            RealWork.VOICE_MODEL,
                            home())) {
                line.addAll(List.of("-e", mapped.toString()));
            }
        }
        line.addAll(List.of("-r", report.toString(), "--"));
        return line;
    }

    /** The smallest limit that the job says it needs when it is asked to keep to one of 16 MiB. */
    long smallestBytes(List<String> job) throws IOException, InterruptedException {
        Limited refused = run(with(job, "--memory=16MiB"));
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        Matcher needed = NEEDED.matcher(refused.err());
        assertThat(needed.find()).as(refused.err()).isTrue();
        return Long.parseLong(needed.group(1)) << 20;
    }

    /** Runs the job under a hard limit that it is told to keep to. */
    Limited runPlanned(long limitBytes, List<String> job) throws IOException, InterruptedException {
        long whole = mebibytes(limitBytes);
        return run(whole << 20, with(job, "--memory=" + whole + "MiB"), Map.of());
    }

    /** The arguments and more. */
    static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }

    private static long mebibytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }

    private static Limited limited(String report, String out, String err) {
        double[] values = new double[6];
        int count = 0;
        for (String pair : report.strip().split(" ", -1)) {
            values[count++] = Double.parseDouble(pair.substring(pair.indexOf('=') + 1));
        }
        assertThat(count).as(report).isEqualTo(values.length);
        return new Limited(
                (int) values[1], (long) values[2], (int) values[3], values[4], values[5], out, err);
    }
}
