package dev.snug.server.answer;

import dev.snug.vision.report.ReportLanguage;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;

/**
 * How a report is to be.
 *
 * @param file where it is written, private and for this report alone
 * @param language of its words
 * @param made the time that stands on it
 * @param fileName of the picture, to be shown, at most {@link
 *     dev.snug.vision.report.Report#NAME_CHARS_MAX} characters; null for none
 */
public record ReportWish(
        Path file, ReportLanguage language, Instant made, @Nullable String fileName) {
    /** Most bytes of a report: two photos of noise take 2 MiB. */
    public static final long BYTES_MAX = 8L << 20;
}
