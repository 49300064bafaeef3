package dev.snug.server.cache;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it was given.
 *
 * @param json at most {@link #JSON_BYTES}
 * @param png heat map, at most {@link #PNG_BYTES}, null for none; the map alone, never laid over
 *     the picture: that would be the picture
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
public record CachedAnswer(byte[] json, byte @Nullable [] png) {
    /** Most bytes of the JSON that are kept. */
    public static final int JSON_BYTES = 256 << 10;

    /** Most bytes of the heat map that are kept. */
    public static final int PNG_BYTES = 512 << 10;

    /** Bytes of both. */
    public int bytes() {
        return json.length + (png == null ? 0 : png.length);
    }

    /** Whether both are small enough to be kept. */
    public boolean isSmall() {
        return json.length <= JSON_BYTES && (png == null || png.length <= PNG_BYTES);
    }
}
