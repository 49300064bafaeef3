package dev.snug.runtime.json;

/**
 * How large a JSON text may be; checked while it is read, before memory is spent on it.
 *
 * @param bytes length of the whole text
 * @param entries properties and elements of all objects and arrays together
 * @param depth objects and arrays inside each other; bounds the stack of whoever walks the values
 * @param stringChars length of a string; large enough to name what is refused inside it
 */
public record JsonLimits(int bytes, int entries, int depth, int stringChars) {
    /**
     * For a manifest and every other file of Snug's own: one with every class of ImageNet named
     * takes 60 KiB, and this many entries about 10 MB of heap.
     */
    public static final JsonLimits MANIFEST = new JsonLimits(4 << 20, 100_000, 64, 1 << 20);
}
