package dev.snug.vision.picture;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.plan.HeapShare;

/**
 * What one picture may cost. All limits are checked before the first pixel is decoded.
 *
 * @param caps whatever memory there is
 * @param memoryBytes while it is decoded, wherever they lie
 * @param heapBytes maximum of the Java heap
 * @param heapKeptBytes what of the heap pictures cannot have
 * @param reducing when pictures are decoded reduced
 */
public record PictureLimits(
        PictureCaps caps, long memoryBytes, long heapBytes, long heapKeptBytes, Reducing reducing) {
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

    /** The limits above, in a heap that holds whatever they allow; never reduced. */
    public static final PictureLimits DEFAULT =
            new PictureLimits(
                    new PictureCaps(FILE_BYTES, PIXELS),
                    MEMORY_BYTES,
                    Long.MAX_VALUE,
                    0,
                    Reducing.NEVER);

    public PictureLimits {
        if (memoryBytes <= 0 || heapBytes < 0) {
            throw new IllegalArgumentException(
                    "picture limits must be positive: " + memoryBytes + ", " + heapBytes);
        }
    }

    /**
     * The limits above in a heap of {@code heapBytes}: a picture also fits beside the program's own
     * objects and what the run keeps. Never reduced.
     *
     * @param heapBytes the heap's maximum, {@link Runtime#maxMemory()}
     * @param runBytes what answering keeps on the heap beside the picture: {@link Resampler#bytes}
     */
    public static PictureLimits inHeap(long heapBytes, long runBytes) {
        return new PictureLimits(
                PictureCaps.DEFAULT,
                MEMORY_BYTES,
                heapBytes,
                ProcessAccounts.HEAP_OWN_BYTES + runBytes,
                Reducing.NEVER);
    }

    /** The same limits with another one for memory. */
    public PictureLimits withMemoryBytes(long bytes) {
        return new PictureLimits(caps, bytes, heapBytes, heapKeptBytes, reducing);
    }

    /** The same limits with others of files and headers. */
    public PictureLimits withCaps(PictureCaps other) {
        return new PictureLimits(other, memoryBytes, heapBytes, heapKeptBytes, reducing);
    }

    /** The same limits where pictures may be decoded reduced. */
    public PictureLimits withReducing(Reducing when) {
        return new PictureLimits(caps, memoryBytes, heapBytes, heapKeptBytes, when);
    }

    void checkFile(long bytes) {
        if (bytes > caps.fileBytes()) {
            throw new PictureTooLargeException(
                    "the file has %,d bytes; the limit is %,d. Save it smaller, for example at %s"
                            .formatted(bytes, caps.fileBytes(), "JPEG quality 90"));
        }
    }

    /**
     * How a picture is decoded: whole, or reduced where that is planned or where the whole does not
     * fit.
     *
     * @param whole by its header
     * @throws PictureTooLargeException when it does not fit either way
     */
    PictureNeed fitting(PictureNeed whole) {
        PictureNeed reduced = whole.reduced(reducing);
        PictureNeed need = reducing.isPlanned() || !fits(whole) ? reduced : whole;
        check(need);
        return need;
    }

    private boolean fits(PictureNeed need) {
        return fitsMemory(need) && fitsHeap(need);
    }

    private boolean fitsMemory(PictureNeed need) {
        return need.memoryBytes() <= Math.min(memoryBytes, Integer.MAX_VALUE - 8L);
    }

    private boolean fitsHeap(PictureNeed need) {
        return need.heapBytes() <= heapBytes - heapKeptBytes;
    }

    /** Checks what a header says, in long arithmetic. */
    void check(PictureNeed need) {
        long width = need.width();
        long height = need.height();
        long pixels = caps.pixels();
        if (width > SIDE_PIXELS || height > SIDE_PIXELS || width * height > pixels) {
            throw new PictureTooLargeException(
                    "the picture is %d x %d; the limit is %,d pixels, and %,d for a side. %s"
                            .formatted(width, height, pixels, SIDE_PIXELS, "Scale it down"));
        }
        String how = need.factor() == 1 ? "" : ", decoded at 1/" + need.factor() + ",";
        if (!fitsMemory(need)) {
            throw new PictureTooLargeException(
                    "the picture is %d x %d and%s needs %,d bytes to decode; the limit is %,d. %s"
                            .formatted(
                                    width,
                                    height,
                                    how,
                                    need.memoryBytes(),
                                    memoryBytes,
                                    "Scale it down"));
        }
        if (!fitsHeap(need)) {
            throw new PictureTooLargeException(
                    "the picture is %d x %d and%s takes %s of the Java heap, which has room for %s. %s"
                            .formatted(
                                    width,
                                    height,
                                    how,
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
