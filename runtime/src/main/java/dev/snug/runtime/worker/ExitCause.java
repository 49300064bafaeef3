package dev.snug.runtime.worker;

import dev.snug.runtime.worker.WorkerException.Kind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a worker process ended, from what the system tells.
 *
 * @param kind {@code OUT_OF_MEMORY} when the process itself said so, {@code KILLED_FOR_MEMORY} when
 *     the kernel did, else {@code CRASHED}
 * @param words what happened, to follow "the worker"
 */
record ExitCause(Kind kind, String words) {
    /** A shell's and Java's way to tell that a process ended by a signal (signal(7), Linux). */
    private static final int SIGNAL_BASE = 128;

    private static final int SIGKILL = 9;

    private static final Map<Integer, String> SIGNALS =
            Map.of(
                    1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS",
                    8, "SIGFPE", SIGKILL, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

    /** HotSpot catches a native crash, reports it in these words, and ends with code 1. */
    private static final Pattern CRASH_REPORT = Pattern.compile("#  (SIG[A-Z]+) \\(0x");

    /** What HotSpot and the C++ runtime print before they give up for want of memory. */
    private static final List<String> MEMORY_REPORTS =
            List.of(
                    "insufficient memory for the Java Runtime",
                    "std::bad_alloc",
                    "java.lang.OutOfMemoryError");

    /**
     * The cause.
     *
     * @param exitCode as {@link Process#exitValue} tells it
     * @param output the last that the process printed
     * @param oomKillsBefore the control group's count of processes killed for memory, at the start
     * @param oomKillsAfter the same now
     */
    static ExitCause of(
            int exitCode, String output, OptionalLong oomKillsBefore, OptionalLong oomKillsAfter) {
        Matcher report = CRASH_REPORT.matcher(output);
        if (report.find()) {
            return new ExitCause(Kind.CRASHED, "crashed with " + report.group(1));
        }
        Optional<String> memory = MEMORY_REPORTS.stream().filter(output::contains).findFirst();
        if (memory.isPresent() && exitCode != 0) {
            return new ExitCause(
                    Kind.OUT_OF_MEMORY, "ran out of memory (" + OutputTail.lastWords(output) + ")");
        }
        int signal = exitCode - SIGNAL_BASE;
        if (signal == SIGKILL && rose(oomKillsBefore, oomKillsAfter)) {
            return new ExitCause(
                    Kind.KILLED_FOR_MEMORY,
                    "was killed by the kernel for memory (SIGKILL; oom_kill of the control group"
                            + " rose from %d to %d)"
                                    .formatted(
                                            oomKillsBefore.getAsLong(), oomKillsAfter.getAsLong()));
        }
        if (signal > 0) {
            String name = SIGNALS.getOrDefault(signal, "signal " + signal);
            return new ExitCause(Kind.CRASHED, "was ended by " + name + said(output));
        }
        return new ExitCause(Kind.CRASHED, "ended with exit code " + exitCode + said(output));
    }

    private static boolean rose(OptionalLong before, OptionalLong after) {
        return before.isPresent() && after.isPresent() && after.getAsLong() > before.getAsLong();
    }

    private static String said(String output) {
        String words = OutputTail.lastWords(output);
        return words.isEmpty() ? "" : ", its last words: " + words;
    }
}
