package dev.snug.runtime.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Memory of one process in bytes, as {@code /proc/PID/status} tells it (proc_pid_status(5)).
 *
 * @param rssBytes pages of the process that are in memory now; anonymous + file + shared
 * @param rssAnonBytes of these, pages that belong to no file: heaps, stacks, arenas
 * @param rssFileBytes of these, pages of mapped files, which the kernel can drop and read again
 * @param rssShmemBytes of these, shared memory and tmpfs
 * @param peakRssBytes the most that {@code rssBytes} ever was
 * @param vmSizeBytes address space, most of it never touched
 * @param swapBytes anonymous pages that were moved to swap
 */
public record ProcessMemory(
        long rssBytes,
        long rssAnonBytes,
        long rssFileBytes,
        long rssShmemBytes,
        long peakRssBytes,
        long vmSizeBytes,
        long swapBytes) {

    private static final List<String> KEYS =
            List.of("VmRSS", "RssAnon", "RssFile", "RssShmem", "VmHWM", "VmSize", "VmSwap");

    /**
     * The memory of {@code process}, a process id or {@code self}. Empty when there is no such
     * process, or its kernel does not tell all of it: Linux does from 4.5 on.
     */
    static Optional<ProcessMemory> read(KernelFiles files, String process) {
        Map<String, Long> status = files.figures("/proc/" + process + "/status");
        if (!status.keySet().containsAll(KEYS)) {
            return Optional.empty();
        }
        long[] bytes = KEYS.stream().mapToLong(status::get).toArray();
        return Optional.of(
                new ProcessMemory(
                        bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6]));
    }

    /**
     * The proportional set size of {@code process} in bytes: each shared page counts for its share.
     * The kernel walks all page tables for it, so it is not part of the record.
     */
    static OptionalLong pssBytes(KernelFiles files, String process) {
        Long pss = files.figures("/proc/" + process + "/smaps_rollup").get("Pss");
        return pss == null ? OptionalLong.empty() : OptionalLong.of(pss);
    }
}
