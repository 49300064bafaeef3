package dev.snug.vision.picture;

/**
 * The memory that a picture takes until it is answered, told by its header before a pixel is
 * decoded.
 *
 * @param width pixels of a stored row
 * @param height stored rows
 * @param factor by which it is decoded reduced, 1 for whole
 * @param workBytes Java arrays that are held while it is decoded, beside its pixels: the samples or
 *     rows that they are made of
 * @param outsideBytes what the decoder holds at that time outside the Java heap: the coefficients
 *     of a progressive JPEG
 * @param isStreamed whether its rows come one after the other, so that it can be decoded reduced
 * @param samples that are kept where it is decoded reduced
 */
public record PictureNeed(
        long width,
        long height,
        int factor,
        long workBytes,
        long outsideBytes,
        boolean isStreamed,
        Samples samples) {
    /**
     * For each pixel of a row and of a column: weights, neighbours and open lines of a resampler,
     * or the rows that an overlay is made of. Lanczos takes the most, 123 and 24.
     */
    private static final long LINE_BYTES = 128;

    /** Of a picture whose rows come one after the other, decoded whole. */
    public PictureNeed(long width, long height, long workBytes, long outsideBytes) {
        this(width, height, 1, workBytes, outsideBytes, true, Samples.NONE);
    }

    /** A baseline JPEG photo of so many pixels, four wide and three high, as phones make them. */
    public static PictureNeed photo(long pixels) {
        long width = (long) Math.ceil(Math.sqrt(pixels * 4 / 3.0));
        return new PictureNeed(width, Math.ceilDiv(pixels, width), 0, 0);
    }

    /** The same picture decoded reduced, or with 1 whole. */
    public PictureNeed withFactor(int newFactor) {
        return new PictureNeed(
                width, height, newFactor, workBytes, outsideBytes, isStreamed, samples);
    }

    /** The same picture decoded reduced where it is large enough. */
    public PictureNeed reduced(Reducing reducing) {
        return new PictureNeed(
                width,
                height,
                reducing.factor(this),
                workBytes,
                outsideBytes,
                isStreamed,
                reducing.samples());
    }

    /** The same for a model's input of that longer side, as {@link Reducing} has it. */
    public PictureNeed reducedFor(int inputSide) {
        return reduced(new Reducing(inputSide, true));
    }

    /** The same of a picture whose rows come in any order. */
    PictureNeed inAnyOrder() {
        return new PictureNeed(width, height, factor, workBytes, outsideBytes, false, samples);
    }

    /** Of the whole picture, as stored. */
    public long pixels() {
        return width * height;
    }

    /** Pixels of a row as decoded. */
    long columns() {
        return Math.ceilDiv(width, factor);
    }

    /** Rows as decoded. */
    long lines() {
        return Math.ceilDiv(height, factor);
    }

    /** What is kept of the whole beside the reduced pixels. */
    private long keptBytes() {
        return factor == 1 ? 0 : samples.bytes(width, height);
    }

    /** Java arrays while it is decoded: its pixels and what they are made of. */
    public long decodingBytes() {
        long sums = (long) Picture.CHANNELS * (width + Integer.BYTES * columns());
        return Picture.CHANNELS * columns() * lines()
                + workBytes
                + (factor == 1 ? 0 : sums)
                + keptBytes();
    }

    /** All that is held while it is decoded, wherever it lies. */
    public long memoryBytes() {
        return decodingBytes() + outsideBytes;
    }

    /**
     * Of the Java heap, at the worst moment: while it is decoded, or while its rows are read for a
     * model or an overlay.
     */
    public long heapBytes() {
        long read = Picture.CHANNELS * columns() * lines() + keptBytes();
        long band = LINE_BYTES * (columns() + lines());
        return Math.max(decodingBytes(), read + band + Bands.bytesMost(columns(), lines()));
    }
}
