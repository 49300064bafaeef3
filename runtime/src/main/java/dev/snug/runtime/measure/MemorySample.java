package dev.snug.runtime.measure;

import java.util.Optional;

/**
 * Memory and processor time of one process at one moment of a watch.
 *
 * @param micros since the watch began, ≥ 0
 * @param anonymousBytes pages of no file that are in memory ({@code RssAnon})
 * @param fileBytes pages of mapped files ({@code RssFile})
 * @param sharedBytes shared memory and tmpfs ({@code RssShmem})
 * @param peakBytes the most that the three together ever were ({@code VmHWM}); the kernel keeps it,
 *     so nothing between two samples is missed
 * @param cpuMicros processor time of all threads since the process began, in steps of 10 ms
 * @param around what is shared with other processes, as it was last looked at
 * @param stage what the process says it is doing; empty before it says anything
 */
public record MemorySample(
        long micros,
        long anonymousBytes,
        long fileBytes,
        long sharedBytes,
        long peakBytes,
        long cpuMicros,
        Around around,
        String stage) {

    /**
     * What the kernel says of the control group, and of the pressure in it or, where only that is
     * told, on the machine.
     *
     * @param cgroup empty where there is no memory controller
     * @param pressure empty where the kernel does not tell
     */
    public record Around(Optional<CgroupMemory> cgroup, Optional<Pressure> pressure) {
        /** Nothing is known. */
        public static final Around UNKNOWN = new Around(Optional.empty(), Optional.empty());
    }

    /** Anonymous, file and shared pages together. */
    public long residentBytes() {
        return anonymousBytes + fileBytes + sharedBytes;
    }

    /** The first word of the stage: {@code velocity} of {@code velocity 3/7}. */
    public String stageName() {
        int blank = stage.indexOf(' ');
        return blank < 0 ? stage : stage.substring(0, blank);
    }
}
