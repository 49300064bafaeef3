package dev.snug.runtime.measure;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The most memory that this process ever held, asked of the system's C library where there is no
 * {@code /proc}: {@code getrusage} (POSIX) on macOS, {@code K32GetProcessMemoryInfo} on Windows.
 *
 * <p>The layout is that of 64-bit systems. The call of macOS is the same on Linux, where a test
 * compares it with the kernel's own file; that of Windows was never run.
 */
final class PeakUsage {
    /** {@code RUSAGE_SELF}, getrusage(2). */
    private static final int SELF = 0;

    /** {@code struct rusage}: two times of 16 bytes, then 14 numbers of 8. */
    private static final long USAGE_BYTES = 144;

    private static final long PEAK_OFFSET = 32;

    /**
     * {@code PROCESS_MEMORY_COUNTERS}: two numbers of 4 bytes, then 8 of 8; the first is its size.
     */
    private static final int COUNTERS_BYTES = 72;

    private static final long PEAK_WORKING_SET_OFFSET = 8;

    /** What GetCurrentProcess answers, always. */
    private static final long THIS_PROCESS = -1;

    private PeakUsage() {}

    /**
     * The peak in bytes; empty where the system is another one, or does not tell.
     *
     * @param system Java's {@code os.name}
     */
    static OptionalLong bytes(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        try {
            if (name.startsWith("mac")) {
                return usage(1);
            }
            if (name.startsWith("linux")) {
                return usage(1 << 10);
            }
            return name.startsWith("windows") ? workingSet() : OptionalLong.empty();
        } catch (Throwable e) {
            // A figure that cannot be had is absent; the answer that it stands beside is not.
            return OptionalLong.empty();
        }
    }

    /**
     * {@code ru_maxrss}.
     *
     * @param unit bytes that one of it stands for: 1 on macOS, 1024 on Linux
     */
    @SuppressWarnings("restricted") // the launcher allows native access
    private static OptionalLong usage(long unit) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle call =
                linker.downcallHandle(
                        linker.defaultLookup().find("getrusage").orElseThrow(),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = arena.allocate(USAGE_BYTES, Long.BYTES);
            return (int) call.invokeExact(SELF, usage) == 0
                    ? OptionalLong.of(usage.get(ValueLayout.JAVA_LONG, PEAK_OFFSET) * unit)
                    : OptionalLong.empty();
        }
    }

    @SuppressWarnings("restricted") // the launcher allows native access
    private static OptionalLong workingSet() throws Throwable {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle call =
                    linker.downcallHandle(
                            SymbolLookup.libraryLookup("kernel32", arena)
                                    .find("K32GetProcessMemoryInfo")
                                    .orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT));
            MemorySegment counters = arena.allocate(COUNTERS_BYTES, Long.BYTES);
            counters.set(ValueLayout.JAVA_INT, 0, COUNTERS_BYTES);
            return (int) call.invokeExact(THIS_PROCESS, counters, COUNTERS_BYTES) != 0
                    ? OptionalLong.of(counters.get(ValueLayout.JAVA_LONG, PEAK_WORKING_SET_OFFSET))
                    : OptionalLong.empty();
        }
    }
}
