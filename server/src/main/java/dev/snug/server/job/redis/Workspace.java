package dev.snug.server.job.redis;

import dev.snug.runtime.bundle.OwnerAlone;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A task's folder and its copy in the database, of which only what is new is sent.
 *
 * <p>A file that begins as its copy does has grown; another one is sent whole, under a new
 * generation, beside the copy that still counts. Of a file with more than 256 KiB nothing is read
 * again: it only grows, or becomes shorter.
 */
final class Workspace {
    /** Files at a time, and characters of a name: a book takes five short ones. */
    private static final int FILES_MAX = 64;

    private static final int NAME_CHARS_MAX = 300;

    /** Bytes of a file that is looked at again: a journal, or what a chunk holds back. */
    private static final int COMPARED_BYTES = 256 << 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final TreeMap<String, Copy> copies = new TreeMap<>();

    /**
     * What the database has of a file.
     *
     * @param generation of its pieces
     * @param length in bytes
     * @param sum of the bytes, where they are at most {@link #COMPARED_BYTES}
     */
    private record Copy(long generation, long length, long sum) {
        @Override
        public String toString() {
            return generation + " " + length;
        }
    }

    /** Reads a piece of the copy; null where it is not there. */
    @FunctionalInterface
    interface Source {
        byte @Nullable [] piece(String field);
    }

    /** Sends a piece; false where it is not wanted any more. */
    @FunctionalInterface
    interface Target {
        boolean send(String field, byte[] bytes);
    }

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /**
     * A folder made anew with what its copy has.
     *
     * @param index names and {@link Copy} of its files
     */
    static Workspace restored(Path folder, Map<String, String> index, Source source)
            throws IOException {
        Files.createDirectories(folder, OwnerAlone.folder(folder));
        Workspace made = new Workspace(folder);
        for (Map.Entry<String, String> file : index.entrySet()) {
            String[] parts = file.getValue().split(" ", 2);
            made.restore(file.getKey(), Long.parseLong(parts[0]), Long.parseLong(parts[1]), source);
        }
        return made;
    }

    private void restore(String name, long generation, long length, Source source)
            throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("a file outside of its folder: " + name);
        }
        Files.createDirectories(file.resolveSibling("."), OwnerAlone.folder(folder));
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = 0;
            while (at < length) {
                byte[] piece = source.piece(field(name, generation, at));
                if (piece == null || piece.length == 0 || piece.length > length - at) {
                    throw new IOException(name + " is not whole in the database of jobs");
                }
                Pieces.write(out, piece);
                at += piece.length;
            }
        }
        copies.put(name, new Copy(generation, length, sum(file, length)));
    }

    /** Where it is. */
    Path folder() {
        return folder;
    }

    /** What is to be said of files that are another copy now, and where to remember it after. */
    record Changes(List<String> words, Map<String, Copy> copies) {}

    /**
     * Sends what is new.
     *
     * @return the names of files that changed, each before its {@link Copy} or nothing; null where
     *     the task is somebody else's now
     */
    @Nullable Changes send(Target target) throws IOException {
        SortedSet<String> names = names();
        Map<String, Copy> now = new TreeMap<>();
        List<String> words = new ArrayList<>();
        for (String name : names) {
            Path file = folder.resolve(name);
            try {
                Copy before = copies.get(name);
                Copy begun = before != null && isGrown(file, before) ? before : anew();
                long end =
                        Pieces.send(
                                file,
                                begun.length,
                                Files.size(file),
                                (offset, bytes) ->
                                        target.send(field(name, begun.generation, offset), bytes));
                if (end < 0) {
                    return null;
                }
                Copy copy = new Copy(begun.generation, end, sum(file, end));
                now.put(name, copy);
                if (before == null || !before.toString().equals(copy.toString())) {
                    words.add(name);
                    words.add(copy.toString());
                }
            } catch (NoSuchFileException e) {
                now.remove(name);
            }
        }
        for (String name : copies.keySet()) {
            if (!now.containsKey(name)) {
                words.add(name);
                words.add("");
            }
        }
        return new Changes(words, now);
    }

    /** What was sent counts now. */
    void note(Changes changes) {
        copies.clear();
        copies.putAll(changes.copies);
    }

    private static Copy anew() {
        return new Copy(RANDOM.nextLong() >>> 1, 0, 0);
    }

    private static boolean isGrown(Path file, Copy copy) throws IOException {
        return Files.size(file) >= copy.length
                && (copy.length > COMPARED_BYTES || sum(file, copy.length) == copy.sum);
    }

    private SortedSet<String> names() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                names.add(name);
                if (names.size() > FILES_MAX || name.length() > NAME_CHARS_MAX) {
                    throw new IOException("too many files, or too long a name: " + file);
                }
            }
        }
        return names;
    }

    private static String field(String name, long generation, long offset) {
        return name + "@" + generation + "@" + offset;
    }

    /** CRC-32 of the first bytes; 0 where they are too many. */
    private static long sum(Path file, long length) throws IOException {
        if (length > COMPARED_BYTES) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
        }
        CRC32 sum = new CRC32();
        sum.update(bytes.flip());
        return sum.getValue();
    }
}
