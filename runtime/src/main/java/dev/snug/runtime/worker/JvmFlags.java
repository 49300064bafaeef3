package dev.snug.runtime.worker;

import java.util.List;
import java.util.Map;

/**
 * The flags and settings that keep a Java process small, in the words of the {@code snug} launcher;
 * docs/decisions/0006-launcher.md has the reason of each. A test holds the two together: an AOT
 * cache made with one set of flags does not serve another.
 */
public final class JvmFlags {
    /** What Snug's processes are started with, the limit of the heap and paths left out. */
    public static final List<String> SMALL =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xmn4m",
                    "-Xss512k",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:ReservedCodeCacheSize=16m",
                    "-XX:-UsePerfData",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ArchiveRelocationMode=0",
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Djava.awt.headless=true",
                    "-Dstdout.encoding=UTF-8",
                    "-Dstderr.encoding=UTF-8");

    /** Environment: glibc's allocator returns freed tensors, ONNX Runtime writes no device id. */
    public static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "MALLOC_ARENA_MAX", "1",
                    "MALLOC_MMAP_THRESHOLD_", "65536",
                    "ORT_DISABLE_TELEMETRY", "1");

    /**
     * What a worker has beside them: a crash is told by the parent, so it leaves no report in the
     * working folder and no core file as large as the worker was. It waits more than it works: what
     * compiling and loading left in malloc goes back to the system within seconds.
     */
    static final List<String> WORKER =
            List.of(
                    "-XX:ErrorFile=/dev/null",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:TrimNativeHeapInterval=5000");

    private JvmFlags() {}
}
