package dev.snug.bench;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.measure.Machine;
import dev.snug.runtime.measure.Probe;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * Under which conditions a result was measured. No host name and no user: the processor's model is
 * what a reader can compare.
 *
 * @param commit short id, with {@code +} where files differ from it
 * @param load processes that wanted a core over the minute before; above about 0.1 the times are
 *     those of a shared machine
 */
public record Conditions(
        LocalDate date,
        String commit,
        String cpu,
        int cores,
        double load,
        String jdk,
        String ort,
        String settings) {

    /** Those of this machine now; versions are what {@code snug doctor --json} found. */
    static Conditions now(Path root, Fields doctor) throws IOException, InterruptedException {
        Machine machine = Probe.ofThisMachine().machine();
        String commit = git(root, "rev-parse", "--short", "HEAD");
        String differing =
                git(root, "status", "--porcelain", "-uno", "--", ".", ":!bench/results", ":!docs");
        return new Conditions(
                LocalDate.now(ZoneOffset.UTC),
                commit + (differing.isEmpty() ? "" : "+"),
                machine.cpuModel(),
                machine.cores(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                doctor.text("java_version"),
                doctor.text("ort_version"),
                "launcher's defaults; 1 engine thread");
    }

    /** Those of this machine now, as the command of the checkout {@code root} finds them. */
    public static Conditions of(String root, String scratch)
            throws IOException, InterruptedException {
        Snug snug = Snug.of(root, scratch);
        List<String> doctor = List.of("doctor", "--json");
        return now(snug.root(), snug.run(doctor).orThrow("snug doctor").answers().getFirst());
    }

    /** A file name from processor and cores: {@code amd-epyc-7b13-2-cores}. */
    public String machineKey() {
        String model =
                cpu.toLowerCase(Locale.ROOT)
                        .replaceAll("\\((r|tm)\\)", "")
                        .replaceAll("@.*", "")
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        return model + "-" + cores + "-cores";
    }

    /** The first columns of a CSV line. */
    public String csv() {
        return String.join(
                ",",
                date.toString(),
                commit,
                csvField(cpu),
                Integer.toString(cores),
                shown(load),
                jdk,
                ort,
                csvField(settings));
    }

    /** One sentence for people. */
    public String sentence() {
        return "%s, commit %s: %s, %d cores, load %s at the start, JDK %s, ONNX Runtime %s; %s."
                .formatted(date, commit, cpu, cores, shown(load), jdk, ort, settings);
    }

    /** Quoted where it must be (RFC 4180). */
    public static String csvField(String text) {
        return text.matches("[^\",\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String shown(double load) {
        return String.format(Locale.ROOT, "%.1f", load);
    }

    private static String git(Path root, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("git");
        builder.command().addAll(List.of(arguments));
        Process git =
                builder.directory(root.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return git.waitFor() == 0 ? text.strip() : "unknown";
    }
}
