package dev.snug.vision.picture;

/** The one place where memory for the pixels of a picture is taken. */
final class Pixels {
    private Pixels() {}

    /**
     * Zeroed bytes; the limits have been checked, so a failure here means that the heap is smaller
     * than they assume, which is told as any other limit is.
     */
    static byte[] allocate(long bytes) {
        try {
            return new byte[Math.toIntExact(bytes)];
        } catch (OutOfMemoryError e) {
            throw new PictureTooLargeException(
                    "its pixels take %,d bytes; the heap of %,d has no room. %s"
                            .formatted(
                                    bytes,
                                    Runtime.getRuntime().maxMemory(),
                                    "Scale it down or raise the memory limit"));
        }
    }
}
