package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.measure.CgroupMemory;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.plan.HeapShare;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;

/**
 * The heap that the launcher chooses, seen by a {@code java} that only prints its arguments. The
 * oracles are what Java says of the same limits: {@link MemorySize#parse}, {@link HeapShare#of},
 * and {@link Probe} for the control groups.
 */
final class LauncherHeapIT {
    private static final long MIB = 1L << 20;
    private static final long SEED = 417;
    private static final String WHOLE = "-Xmx224m";

    private static final List<String> UNITS =
            List.of(
                    "", "b", "B", "k", "K", "Ki", "KIB", "kiB", "kB", "KB", "m", "M", "mi", "MiB",
                    "mb", "MB", "g", "Gi", "GiB", "gb", "GB", "t", "Ti", "tib", "TB");

    @TempDir private Path folder;

    private Shell shell;

    @BeforeEach
    void aJavaThatPrintsItsHeap() throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        Files.writeString(
                java,
                """
                #!/bin/sh
                for word; do case $word in -Xmx*) echo "$word" ;; esac; done
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        shell = Shell.in(folder).with("SNUG_JAVA_HOME", folder.resolve("jdk").toString());
    }

    @Test
    void everySpellingThatJavaReadsGivesTheHeapThatJavaWantsForIt() throws Exception {
        Random random = new Random(SEED);
        List<String> texts =
                new ArrayList<>(
                        List.of(
                                "300m",
                                " 300MiB ",
                                "300\tMiB",
                                "0300m",
                                "0.3g",
                                "000.30000000000000000000000g",
                                "0.29296875GiB",
                                "0.2929687499999999999999GiB",
                                "314572800",
                                "314572799b",
                                "128TiB",
                                "1MiB",
                                "1048576"));
        for (long mebibytes = 1; mebibytes < 600; mebibytes += 1 + random.nextInt(12)) {
            texts.add(mebibytes + UNITS.get(10 + random.nextInt(4)));
        }
        for (int i = 0; i < 200; i++) {
            texts.add(spelled(random));
        }
        List<String> expected =
                texts.stream().map(text -> heap(MemorySize.parse(text).bytes())).toList();

        assertThat(heaps("\"$SNUG\" speak --memory ", texts)).isEqualTo(expected);
    }

    /** A size of 20 to 600 MiB in a random unit, with a fraction as long as it may be. */
    private static String spelled(Random random) {
        double bytes = (20 + random.nextInt(580)) * (double) MIB + random.nextInt(1 << 20);
        String unit = UNITS.get(random.nextInt(UNITS.size()));
        // Enough of the unit to be a size at all.
        long count = unit.matches("(?i)|b|k.*") ? 1 << 20 : 2;
        double factor = (double) MemorySize.parse(count + unit).bytes() / count;
        String blank = random.nextBoolean() ? " " : "";
        return String.format(Locale.ROOT, "%." + random.nextInt(4, 16) + "f", bytes / factor)
                + blank
                + unit;
    }

    @Test
    void whatIsNoSizeLeavesTheWholeHeapAndJavaSaysWhatIsWrong() throws Exception {
        List<String> texts =
                List.of(
                        "",
                        "m",
                        "300",
                        "300x",
                        "1,5g",
                        ".3g",
                        "300.m",
                        "1.2.3m",
                        "-300m",
                        "3 00m",
                        "300 mi b",
                        "0x300m",
                        "129TiB",
                        "99999999999999999999",
                        "1048575",
                        "$(id)m",
                        "300m;",
                        "٣٠٠m",
                        "0.00000000000000000000000000000000001t");
        for (String text : texts) {
            assertThat(catchThrowable(() -> MemorySize.parse(text)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(heaps("\"$SNUG\" speak --memory ", texts)).containsOnly(WHOLE);
        assertThat(heaps("SNUG_MEMORY=200m \"$SNUG\" speak --memory=", texts)).containsOnly(WHOLE);
    }

    @ParameterizedTest
    @CsvSource({
        "speak Hello --memory 300m -o out.wav, 110",
        "speak --memory=300m, 110",
        "classify a.png --memory 300m, 110",
        "doctor --memory 300m, 110",
        "speak -- --memory 300m, 88",
        "speak --text --memory, 224",
        "speak, 88",
        "import model.keras --memory 300m, 224",
        "measure snug-vi, 224",
        "--version, 224"
    })
    void theArgumentCountsBeforeTheVariableForCommandsThatRunModels(String line, int mebibytes)
            throws Exception {
        assertThat(shell.with("SNUG_MEMORY", " 256MiB ").run("\"$SNUG\" " + line).ended(0).out())
                .isEqualTo("-Xmx" + mebibytes + "m\n");
    }

    @Test
    void aHeapThatTheUserSetCountsAlone() throws Exception {
        Shell set = shell.with("SNUG_HEAP_MAX", "50m").with("SNUG_MEMORY", "300m");

        assertThat(set.run("\"$SNUG\" speak --memory 400m").ended(0).out()).isEqualTo("-Xmx50m\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-nested", "v2-nested", "docker-v1", "docker-v2"})
    void theSmallestLimitOfTheControlGroupsCounts(String fixture) throws Exception {
        Path kernel =
                Golden.ROOT.resolve(
                        "runtime/src/test/resources/dev/snug/runtime/measure/" + fixture);

        assertThat(heapsUnder(kernel)).isEqualTo(expectedUnder(kernel));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v2 seen from outside | 0::/a/b | a/b/memory.max=max a/memory.max=314572800",
                "v2 innermost smallest | 0::/a/b | a/b/memory.max=200000000 a/memory.max=314572800",
                "v2 without limits | 0::/a | a/memory.max=max memory.current=7",
                "v2 own root | 0::/ | memory.max=157286400",
                "v2 outside of the name space | 0::/../../x | memory.max=157286400",
                "v2 the inner end | 0::/host/a/b | a/b/memory.max=max a/memory.max=157286400",
                "v2 a name with colons | 0::/a:b:c | a:b:c/memory.max=157286400",
                "v1 no limit | 4:memory:/a | memory/a/memory.limit_in_bytes=9223372036854771712",
                "v1 beside v2 | 4:cpu,memory:/a 0::/a | memory/a/memory.limit_in_bytes=157286400",
                "v1 not mounted | 4:memory:/a | cpu/a/tasks=1"
            })
    void theLauncherReadsTheGroupsAsTheProbeDoes(String name, String groups, String files)
            throws Exception {
        Path kernel = folder.resolve("kernel");
        boolean one = groups.contains("memory");
        write(kernel.resolve("proc/self/cgroup"), groups.replace(' ', '\n') + "\n");
        write(
                kernel.resolve("proc/self/mountinfo"),
                one && files.startsWith("memory")
                        ? "9 1 0:2 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
                        : one
                                ? ""
                                : "9 1 0:2 %s /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"
                                        .formatted(groups.contains("/host") ? "/host" : "/"));
        for (String file : files.split(" ", -1)) {
            String[] pair = file.split("=", 2);
            write(kernel.resolve("sys/fs/cgroup").resolve(pair[0]), pair[1] + "\n");
        }

        assertThat(heapsUnder(kernel)).as(name).isEqualTo(expectedUnder(kernel));
    }

    /** What {@code speak} and {@code import} get in the control groups below {@code kernel}. */
    private List<String> heapsUnder(Path kernel) throws Exception {
        return shell.with("KERNEL", kernel.toString())
                .run(
                        """
                        mkdir -p copy/cli/target/dist/lib
                        : >copy/cli/target/dist/lib/snug-cli.jar
                        sed "s:^PROC=:PROC=$KERNEL:; s:^CGROUPS=:CGROUPS=$KERNEL:" "$SNUG" >copy/snug
                        sh copy/snug speak; sh copy/snug import
                        """)
                .ended(0)
                .out()
                .lines()
                .toList();
    }

    private static List<String> expectedUnder(Path kernel) {
        OptionalLong limit =
                new Probe(kernel)
                        .cgroup()
                        .map(CgroupMemory::limitBytes)
                        .orElse(OptionalLong.empty());
        if (limit.isEmpty()) {
            return List.of(WHOLE, WHOLE);
        }
        long rest = Math.clamp((limit.getAsLong() / MIB - 80) / 2 * 2, 24, 224);
        return List.of(heap(limit.getAsLong()), "-Xmx" + rest + "m");
    }

    /** The heap for each of {@code texts}, each as the end of {@code command}. */
    private List<String> heaps(String command, List<String> texts) throws Exception {
        StringBuilder script = new StringBuilder();
        for (String text : texts) {
            script.append(command).append('\'').append(text).append("'\n");
        }
        List<String> heaps = shell.run(script.toString()).ended(0).out().lines().toList();
        assertThat(heaps).hasSameSizeAs(texts);
        return heaps;
    }

    private static String heap(long limitBytes) {
        return "-Xmx" + HeapShare.of(limitBytes) / MIB + "m";
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
