package dev.snug.server.inference;

import java.nio.file.Path;

/**
 * What this protocol must know of its server.
 *
 * @param folder of this run alone, for what is too large for the heap
 * @param pictureBytes most bytes of a picture's file
 * @param textChars most characters of a text
 * @param hasHeatMaps whether heat maps are shown
 */
public record InferenceSettings(
        Path folder, long pictureBytes, int textChars, boolean hasHeatMaps) {}
