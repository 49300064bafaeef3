/**
 * From a picture file to the pixels a model wants, and back to an overlay.
 *
 * <p>{@link dev.snug.vision.picture.PictureDecoder} turns a file into a {@link
 * dev.snug.vision.picture.Picture}; a {@link dev.snug.vision.picture.Resampler} turns that into
 * float32 input; {@link dev.snug.vision.picture.Overlay} lays a heat map over it and {@link
 * dev.snug.vision.picture.PngWriter} writes the result. One decoded copy of the picture lives at a
 * time; everything else works on bands of rows.
 */
@NullMarked
package dev.snug.vision.picture;

import org.jspecify.annotations.NullMarked;
