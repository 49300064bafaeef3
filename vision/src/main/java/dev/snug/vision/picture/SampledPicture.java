package dev.snug.vision.picture;

/**
 * The pixels of a whole picture that a resampler of single pixels reads, kept while it was decoded
 * reduced: where the kept columns and rows cross.
 *
 * @param input that they were kept for
 * @param pixels as if they were a picture of their own, turned as the whole is
 * @param across places of the kept columns in the whole, as seen, ascending
 * @param down places of the kept rows in the whole, as seen, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // Private to the package, and never compared.
record SampledPicture(Samples input, Picture pixels, int[] across, int[] down) {}
