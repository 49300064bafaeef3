package dev.snug.cli;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.vision.picture.PictureCaps;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** The options that say which pictures are too large, whatever memory there is. */
final class PictureCapOptions {
    @Option(
            names = "--max-picture-bytes",
            paramLabel = "SIZE",
            description = "Largest file that is opened, 1MiB to 1000MB; default: 25MB.")
    private @Nullable String bytes;

    @Option(
            names = "--max-picture-pixels",
            paramLabel = "N",
            description = "Most pixels that a header may say, 1 to 1000000000; default: 100000000.")
    private @Nullable Long pixels;

    PictureCaps caps() {
        PictureCaps usual = PictureCaps.DEFAULT;
        try {
            return new PictureCaps(
                    bytes == null ? usual.fileBytes() : MemorySize.parse(bytes).bytes(),
                    pixels == null ? usual.pixels() : pixels);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--max-picture-bytes, --max-picture-pixels: " + e.getMessage());
        }
    }
}
