package dev.snug.speech.sound.coding;

/**
 * Which samples of an Ogg stream's pages count, by the times that the pages name: the first page
 * may hold more than its time says, which is left out at its begin, and the last one may, which is
 * left out at its end. A stream that was cut from the middle of another begins at any time.
 *
 * <p>Sources: Xiph.org, "Vorbis I specification", A.2; RFC 7845, section 4.
 */
final class GranuleSpan {
    private boolean hasBegun;
    private long begin;
    private long decoded;

    /** Samples of one page from {@code from} to before {@code to}. */
    record Kept(int from, int to) {}

    /**
     * Counts a page.
     *
     * @param samples that were decoded of it
     */
    Kept kept(OggPage page, int samples) {
        decoded += samples;
        if (page.granule() < 0 || samples == 0) {
            return new Kept(0, samples);
        }
        if (page.isLast()) {
            long beyond = decoded - (page.granule() - begin);
            return new Kept(0, (int) Math.clamp(samples - beyond, 0, (long) samples));
        }
        if (hasBegun) {
            return new Kept(0, samples);
        }
        hasBegun = true;
        begin = page.granule() - decoded;
        int early = (int) Math.clamp(-begin, 0, (long) samples);
        if (early > 0) {
            decoded -= early;
            begin = 0;
        }
        return new Kept(early, samples);
    }
}
