/** Subtitles: what is heard when, as SubRip and WebVTT have it. Pure but for the writer. */
@NullMarked
package dev.snug.speech.subtitle;

import org.jspecify.annotations.NullMarked;
