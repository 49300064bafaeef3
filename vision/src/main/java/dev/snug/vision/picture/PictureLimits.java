package dev.snug.vision.picture;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.plan.HeapShare;

/**
 * What one picture may cost. All limits are checked before the first pixel is decoded.
 *
 * @param fileBytes of the file
 * @param pixels by its header
 * @param memoryBytes while it is decoded, wherever they lie
 * @param heapBytes maximum of the Java heap
 * @param heapKeptBytes what of the heap pictures cannot have
 */
public record PictureLimits(
        long fileBytes, long pixels, long memoryBytes, long heapBytes, long heapKeptBytes) {
    /** Bytes; a 48-megapixel phone photo is 10 to 20 MB, so only unusual files are refused. */
    public static final long FILE_BYTES = 25_000_000;

    /** Pixels; phone sensors store at most 50 megapixels by default, scanners about 100. */
    public static final long PIXELS = 100_000_000;

    /** Bytes; holds a 48-megapixel photo (3 bytes a pixel) and leaves a 512 MB host room to run. */
    public static final long MEMORY_BYTES = 192L << 20;

    /**
     * Pixels; the most a JPEG header can say, kept for PNG too: a resampling window grows with the
     * longer side, whatever the area is.
     */
    static final int SIDE_PIXELS = 65_535;

    /**
     * What {@link Runtime#maxMemory()} leaves out of the heap's maximum: one of the two parts for
     * objects that survived, with the launcher's flags 0.4 MiB.
     */
    public static final long SURVIVOR_BYTES = 1 << 19;

    private static final long MIB = 1 << 20;

    /** The limits above, in a heap that holds whatever they allow. */
    public static final PictureLimits DEFAULT =
            new PictureLimits(FILE_BYTES, PIXELS, MEMORY_BYTES, Long.MAX_VALUE, 0);

    public PictureLimits {
        if (fileBytes <= 0 || pixels <= 0 || memoryBytes <= 0 || heapBytes < 0) {
            throw new IllegalArgumentException(
                    "picture limits must be positive: "
                            + fileBytes
                            + ", "
                            + pixels
                            + ", "
                            + memoryBytes
                            + ", "
                            + heapBytes);
        }
    }

    /**
     * The limits above in a heap of {@code heapBytes}: a picture also fits beside the program's own
     * objects and what the run keeps.
     *
     * @param heapBytes the heap's maximum, {@link Runtime#maxMemory()}
     * @param runBytes what answering keeps on the heap beside the picture: {@link Resampler#bytes}
     */
    public static PictureLimits inHeap(long heapBytes, long runBytes) {
        return new PictureLimits(
                FILE_BYTES,
                PIXELS,
                MEMORY_BYTES,
                heapBytes,
                ProcessAccounts.HEAP_OWN_BYTES + runBytes);
    }

    /** The same limits with another one for memory. */
    public PictureLimits withMemoryBytes(long bytes) {
        return new PictureLimits(fileBytes, pixels, bytes, heapBytes, heapKeptBytes);
    }

    void checkFile(long bytes) {
        if (bytes > fileBytes) {
            throw new PictureTooLargeException(
                    "the file has %,d bytes; the limit is %,d. Save it smaller, for example at %s"
                            .formatted(bytes, fileBytes, "JPEG quality 90"));
        }
    }

    /** Checks what a header says, in long arithmetic. */
    void check(PictureNeed need) {
        long width = need.width();
        long height = need.height();
        if (width > SIDE_PIXELS || height > SIDE_PIXELS || width * height > pixels) {
            throw new PictureTooLargeException(
                    "the picture is %d x %d; the limit is %,d pixels, and %,d for a side. %s"
                            .formatted(width, height, pixels, SIDE_PIXELS, "Scale it down"));
        }
        long bytes = need.memoryBytes();
        if (bytes > memoryBytes || bytes > Integer.MAX_VALUE - 8L) {
            throw new PictureTooLargeException(
                    "the picture is %d x %d and needs %,d bytes to decode; the limit is %,d. %s"
                            .formatted(width, height, bytes, memoryBytes, "Scale it down"));
        }
        if (need.heapBytes() > heapBytes - heapKeptBytes) {
            throw new PictureTooLargeException(
                    "the picture is %d x %d and takes %s of the Java heap, which has room for %s. %s"
                            .formatted(
                                    width,
                                    height,
                                    MemorySize.up(need.heapBytes()),
                                    MemorySize.down(Math.max(0, heapBytes - heapKeptBytes)),
                                    remedy(need)));
        }
    }

    private String remedy(PictureNeed need) {
        long needed = need.heapBytes() + heapKeptBytes + SURVIVOR_BYTES;
        String heap = "SNUG_HEAP_MAX=%dm".formatted(Math.ceilDiv(needed, MIB));
        return needed > HeapShare.MOST_BYTES
                ? "Scale it down, or set " + heap
                : "Scale it down, or give --memory %s or more (or set %s)"
                        .formatted(new MemorySize(HeapShare.limitBytes(needed)), heap);
    }
}
