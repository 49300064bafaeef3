package dev.snug.runtime.measure;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code /proc/PID/status} and {@code /proc/PID/stat}, read again and again: only what a watch
 * needs, without a piece of garbage for each line.
 */
final class StatusFile {
    /** Clock ticks a second in {@code stat}: 100 on every Linux (USER_HZ). */
    private static final long TICK_MICROS = 10_000;

    /** Fields of {@code stat} behind the name's bracket: utime is the 12th, stime the 13th. */
    private static final int USER_TIME = 12;

    /** When the process began: the 20th. */
    private static final int START_TIME = 20;

    private final KernelFiles files;
    private final String statusFile;
    private final String statFile;
    private long anonymousBytes;
    private long fileBytes;
    private long sharedBytes;
    private long peakBytes;
    private long cpuMicros;

    StatusFile(KernelFiles files, String process) {
        this.files = files;
        this.statusFile = "/proc/" + process + "/status";
        this.statFile = "/proc/" + process + "/stat";
    }

    /** Reads both; false when there is no such process, or it has let go of its memory. */
    boolean read() {
        Optional<String> text = files.text(statusFile);
        if (text.isEmpty() || !text.get().contains("\nRssAnon:")) {
            return false;
        }
        anonymousBytes = bytes(text.get(), "\nRssAnon:");
        fileBytes = bytes(text.get(), "\nRssFile:");
        sharedBytes = bytes(text.get(), "\nRssShmem:");
        peakBytes = bytes(text.get(), "\nVmHWM:");
        cpuMicros = files.text(statFile).map(this::cpu).orElse(cpuMicros);
        return true;
    }

    long anonymousBytes() {
        return anonymousBytes;
    }

    long fileBytes() {
        return fileBytes;
    }

    long sharedBytes() {
        return sharedBytes;
    }

    long peakBytes() {
        return peakBytes;
    }

    long cpuMicros() {
        return cpuMicros;
    }

    private long bytes(String text, String key) {
        int at = text.indexOf(key);
        int end = at < 0 ? -1 : text.indexOf(" kB", at);
        if (end < 0) {
            throw files.malformed(statusFile, key.strip());
        }
        return files.number(statusFile, text.substring(at + key.length(), end).strip()) << 10;
    }

    /** User and system time. */
    private long cpu(String text) {
        String[] fields = fields(files, statFile, text);
        long user = files.number(statFile, fields[USER_TIME - 1]);
        long system = files.number(statFile, fields[USER_TIME]);
        return (user + system) * TICK_MICROS;
    }

    /** Clock ticks since the start of the machine at which {@code process} began. */
    static OptionalLong startTicks(KernelFiles files, String process) {
        String file = "/proc/" + process + "/stat";
        Optional<String> text = files.text(file);
        return text.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        files.number(file, fields(files, file, text.get())[START_TIME - 1]));
    }

    /** The fields behind the name, which stands in brackets and may hold blanks and brackets. */
    private static String[] fields(KernelFiles files, String file, String text) {
        String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", 22);
        if (fields.length < START_TIME) {
            throw files.malformed(file, text.strip());
        }
        return fields;
    }
}
