package dev.snug.runtime.bundle;

import dev.snug.runtime.bundle.Manifest.FileEntry;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The filling of a model's new folder: the writer's files, then what the store adds to them: their
 * sizes and checksums, the manifest, and the stamp that they were found whole.
 */
final class Installation implements FolderSwap.Filler {
    private final Disk disk;
    private final String name;
    private final BundleWriter writer;

    Installation(Disk disk, String name, BundleWriter writer) {
        this.disk = disk;
        this.name = name;
        this.writer = writer;
    }

    @Override
    public void fill(Path folder) {
        try {
            complete(folder, writer.write(folder));
        } catch (IOException e) {
            // Told here, where the disk is still as full as it was.
            throw BundleException.of("install model " + name, folder, e);
        } catch (UncheckedIOException e) {
            IOException cause = Objects.requireNonNull(e.getCause());
            throw BundleException.of("install model " + name, folder, cause);
        }
    }

    private void complete(Path folder, Manifest draft) throws IOException {
        if (!draft.name().equals(name)) {
            throw new IllegalArgumentException(
                    "the manifest names " + draft.name() + ", the store was asked for " + name);
        }
        Map<String, FileEntry> files = new TreeMap<>();
        try (DirectoryStream<Path> written = Files.newDirectoryStream(folder)) {
            for (Path file : written) {
                files.put(file.getFileName().toString(), added(file));
            }
        }
        draft.files().forEach((file, entry) -> requireAsListed(file, entry, files.get(file)));
        Manifest manifest = draft.withFiles(files);
        manifest.requireComplete();
        byte[] text = ManifestJson.bytes(manifest);
        WholeFile.write(folder.resolve(Manifest.FILE_NAME), out -> out.write(text));
        Stamp.write(folder, files);
    }

    private FileEntry added(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BundleException(
                    "cannot install model "
                            + name
                            + ": "
                            + file.getFileName()
                            + " is not a regular file; a model holds no links or folders");
        }
        Names.file(file.getFileName().toString());
        disk.sync(file);
        return Checksum.of(file, _ -> {});
    }

    private void requireAsListed(String file, FileEntry listed, @Nullable FileEntry found) {
        if (listed.equals(found)) {
            return;
        }
        String fault =
                found == null
                        ? "was not written"
                        : "has " + shown(found) + " where " + shown(listed) + " were expected";
        throw new BundleException(
                "cannot install model "
                        + name
                        + ": "
                        + file
                        + " "
                        + fault
                        + "; get the source again");
    }

    private static String shown(FileEntry entry) {
        return entry.bytes() + " bytes with SHA-256 " + entry.sha256();
    }
}
