package dev.snug.runtime.bundle;

import dev.snug.runtime.bundle.Manifest.FileEntry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The note {@code .verified} in a model folder: which files had the right SHA-256, and what their
 * size, time of change and inode were when that was seen.
 *
 * <p>It saves hashing the weights at each start. It is no protection against whoever may write in
 * the folder, who could change the manifest as well; it notices what happens by accident: a copy
 * cut short, a file exchanged or edited. A stamp that cannot be read counts as none.
 */
final class Stamp {
    static final String FILE_NAME = ".verified";

    /** First line; another one, of another version, makes the stamp worthless. */
    private static final String HEADER = "snug-verified 1";

    /** Largest stamp read: {@link Manifest#MAX_FILES} lines of at most 400 bytes. */
    private static final int MAX_BYTES = 512 << 10;

    private final Set<String> lines;

    private Stamp(Set<String> lines) {
        this.lines = lines;
    }

    /** The stamp in {@code folder}; one without entries when there is none that can be read. */
    static Stamp read(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return new Stamp(Set.of());
            }
            String text = new String(BoundedFile.read(file, MAX_BYTES), StandardCharsets.UTF_8);
            Set<String> lines = new HashSet<>(text.lines().toList());
            return new Stamp(lines.contains(HEADER) ? lines : Set.of());
        } catch (IOException e) {
            return new Stamp(Set.of());
        }
    }

    /** Whether {@code file} was found whole, as {@code entry} says, and is untouched since. */
    boolean covers(Path file, FileEntry entry) throws IOException {
        return lines.contains(line(file, entry));
    }

    /**
     * Writes the stamp for {@code verified}, files of {@code folder} that were just found whole.
     */
    static void write(Path folder, Map<String, FileEntry> verified) throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Map.Entry<String, FileEntry> file : new TreeMap<>(verified).entrySet()) {
            text.append(line(folder.resolve(file.getKey()), file.getValue())).append('\n');
        }
        WholeFile.write(
                folder.resolve(FILE_NAME),
                out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(Path file, FileEntry entry) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return String.join(
                " ",
                entry.sha256(),
                Long.toString(attributes.size()),
                Long.toString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)),
                inode(file),
                file.getFileName().toString());
    }

    /** The inode, which a copy does not share; "0" where files have none. */
    private static String inode(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return "0";
        }
        return String.valueOf(Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS));
    }
}
