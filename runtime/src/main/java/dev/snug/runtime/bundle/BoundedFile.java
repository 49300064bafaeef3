package dev.snug.runtime.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A small file read whole, refused when it is larger than its reader allows or a link. */
final class BoundedFile {
    private BoundedFile() {}

    /**
     * The content of {@code file}.
     *
     * @throws BundleException when it holds more than {@code limitBytes}
     */
    static byte[] read(Path file, int limitBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(limitBytes + 1);
            if (content.length > limitBytes) {
                throw new BundleException(
                        file + " is larger than the " + limitBytes + " bytes allowed");
            }
            return content;
        }
    }
}
