package dev.snug.runtime.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Samples as comma-separated values (RFC 4180): a line of names with their units, then a line a
 * sample; lines end with CR LF; a figure that the kernel does not tell is empty.
 */
public final class MemoryCsv {
    /** The first line, without its end. */
    public static final String HEADER =
            "seconds,anonymous_bytes,file_bytes,shared_bytes,resident_bytes,peak_resident_bytes,"
                    + "cgroup_bytes,cgroup_working_set_bytes,cgroup_limit_bytes,"
                    + "pressure_some_percent,pressure_full_percent,cpu_seconds,stage";

    private static final String END = "\r\n";
    private static final int COLUMNS = 13;

    private MemoryCsv() {}

    /** All of {@code samples} as one text. */
    public static String text(List<MemorySample> samples) {
        StringBuilder text = new StringBuilder(HEADER).append(END);
        for (MemorySample sample : samples) {
            append(text, sample);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, MemorySample sample) {
        CgroupMemory cgroup = sample.around().cgroup().orElse(null);
        Pressure pressure = sample.around().pressure().orElse(null);
        text.append(seconds(sample.micros())).append(',');
        text.append(sample.anonymousBytes()).append(',');
        text.append(sample.fileBytes()).append(',');
        text.append(sample.sharedBytes()).append(',');
        text.append(sample.residentBytes()).append(',');
        text.append(sample.peakBytes()).append(',');
        text.append(cgroup == null ? "" : orEmpty(cgroup.currentBytes())).append(',');
        text.append(cgroup == null ? "" : orEmpty(cgroup.workingSetBytes())).append(',');
        text.append(cgroup == null ? "" : orEmpty(cgroup.limitBytes())).append(',');
        text.append(pressure == null ? "" : percent(pressure.some())).append(',');
        text.append(pressure == null ? "" : percent(pressure.full())).append(',');
        text.append(seconds(sample.cpuMicros())).append(',');
        text.append(field(sample.stage())).append(END);
    }

    private static String seconds(long micros) {
        return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
    }

    private static String percent(Pressure.Stall stall) {
        return String.format(Locale.ROOT, "%.2f", stall.avg10Percent());
    }

    private static String orEmpty(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "";
    }

    /** Quoted where a comma, a quote or the end of a line is in it. */
    private static String field(String text) {
        boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /**
     * What is needed of the samples in {@code text}, which {@link #text} made: times, memory and
     * stage; the surroundings stay unknown.
     *
     * @throws MeasureException when it is no such text
     */
    public static List<MemorySample> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new MeasureException("the memory log does not begin with the names of columns");
        }
        if (lines.size() > MemoryLog.SAMPLES_MAX + 1) {
            throw new MeasureException(
                    "the memory log has %d lines; %d are allowed"
                            .formatted(lines.size(), MemoryLog.SAMPLES_MAX + 1));
        }
        List<MemorySample> samples = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            samples.add(sample(line));
        }
        return samples;
    }

    private static MemorySample sample(String line) {
        String[] fields = line.split(",", COLUMNS);
        try {
            return new MemorySample(
                    micros(fields[0]),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[5]),
                    micros(fields[11]),
                    MemorySample.Around.UNKNOWN,
                    unquoted(fields[12]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new MeasureException("the memory log has a line that is no sample: " + line);
        }
    }

    private static long micros(String seconds) {
        return Math.round(Double.parseDouble(seconds) * 1e6);
    }

    private static String unquoted(String field) {
        return field.startsWith("\"") && field.endsWith("\"") && field.length() > 1
                ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
                : field;
    }
}
