package dev.snug.cli;

import dev.snug.runtime.bundle.BundleException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The free bytes of a disk, looked at before something large is begun. */
final class DiskRoom {
    private DiskRoom() {}

    /**
     * Returns when the disk of {@code place}, which need not exist yet, takes {@code bytes} more.
     *
     * @throws BundleException when it does not
     */
    static void require(Path place, long bytes, String what) throws IOException {
        Path existing = place.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        long free = Files.getFileStore(existing).getUsableSpace();
        if (free < bytes) {
            throw new BundleException(
                    String.format(
                            Locale.ROOT,
                            "%s needs %.0f MiB on the disk of %s, where %.0f MiB are free; make"
                                    + " room or name another place with -o",
                            what,
                            Mebibytes.of(bytes),
                            existing,
                            Mebibytes.of(free)));
        }
    }
}
