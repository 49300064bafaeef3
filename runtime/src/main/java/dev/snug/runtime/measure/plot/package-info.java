/** Measured memory as a picture. Pure: samples in, the text of an SVG file out. */
@NullMarked
package dev.snug.runtime.measure.plot;

import org.jspecify.annotations.NullMarked;
