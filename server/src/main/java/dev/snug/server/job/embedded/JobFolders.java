package dev.snug.server.job.embedded;

import dev.snug.runtime.bundle.FolderTree;
import dev.snug.runtime.bundle.OwnerAlone;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files of jobs, below one folder that only its owner may enter: {@code ID/in/0…} what came
 * with the order, {@code ID/work} what grows, {@code ID/sound} what was made.
 *
 * <p>{@code new-ID} is a job that is being taken in, {@code gone-ID} one that anybody may delete.
 */
final class JobFolders {
    private static final String NEW = "new-";
    private static final String GONE = "gone-";
    private static final String LOCK = "lock";
    private static final String INPUT = "in";
    private static final String WORK = "work";
    private static final String SOUND = "sound";

    private final Path root;

    /** Below {@code data}; nothing is made yet. */
    JobFolders(Path data) {
        this.root = data.resolve("jobs");
    }

    /** Whether there ever was a job. */
    boolean exist() {
        return Files.isDirectory(root);
    }

    /** The file of item {@code item}. */
    Path input(String id, int item) {
        return root.resolve(id).resolve(INPUT).resolve(Integer.toString(item));
    }

    /** The folder in which a sound grows, which is made. */
    Path workspace(String id) throws IOException {
        // Only below a job that is there: one that was removed does not come back as a folder.
        Path work = root.resolve(id).resolve(WORK);
        if (!Files.isDirectory(work)) {
            Files.createDirectory(work, OwnerAlone.folder(work));
        }
        return work;
    }

    /** Where a sound lies once it is made. */
    Path sound(String id) {
        return root.resolve(id).resolve(SOUND);
    }

    /** Makes {@code made}, which is on the disk, the job's sound. */
    void keepSound(String id, Path made) throws IOException {
        Files.move(made, sound(id), StandardCopyOption.ATOMIC_MOVE);
        sync(root.resolve(id));
    }

    /** Deletes the file of an item that ended. */
    void dropInput(String id, int item) throws IOException {
        Files.deleteIfExists(input(id, item));
    }

    /** Deletes all that was only there to be worked on. */
    void dropWork(String id) throws IOException {
        FolderTree.delete(root.resolve(id).resolve(INPUT));
        FolderTree.delete(root.resolve(id).resolve(WORK));
    }

    /** Takes a job's folder away; {@link #clear} deletes it. */
    void putAway(String id) throws IOException {
        try {
            Files.move(root.resolve(id), root.resolve(GONE + id), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // It is gone already.
            return;
        }
    }

    /** Deletes what was put away under this id. */
    void clear(String id) throws IOException {
        FolderTree.delete(root.resolve(GONE + id));
    }

    /** Which jobs have rows. */
    @FunctionalInterface
    interface Rows {
        /** Whether there is one of this id. */
        boolean has(String id) throws SQLException;
    }

    /**
     * Puts away what has no row and nobody is taking in; within a transaction, so that no job is
     * between folder and row.
     */
    void putAwayLeft(Rows rows) throws IOException, SQLException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path folder : folders) {
                String name = String.valueOf(folder.getFileName());
                if (name.startsWith(NEW)) {
                    putAwayAbandoned(folder, name.substring(NEW.length()));
                } else if (!name.startsWith(GONE) && !rows.has(name)) {
                    putAway(name);
                }
            }
        }
    }

    private void putAwayAbandoned(Path folder, String id) throws IOException {
        try (HeldFile free = HeldFile.tryHold(folder, LOCK)) {
            if (free != null) {
                Files.move(folder, root.resolve(GONE + id), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** The ids of all jobs that have a folder. */
    Set<String> ids() throws IOException {
        return names("");
    }

    /** Deletes all that was put away. */
    void clearAll() throws IOException {
        for (String id : names(GONE)) {
            clear(id);
        }
    }

    private Set<String> names(String prefix) throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path folder : folders) {
                String name = String.valueOf(folder.getFileName());
                boolean isPlain = !name.startsWith(NEW) && !name.startsWith(GONE);
                if (prefix.isEmpty() ? isPlain : name.startsWith(prefix)) {
                    names.add(name.substring(prefix.length()));
                }
            }
        }
        return names;
    }

    /** Items of this job whose files are there. */
    List<Integer> inputs(String id) throws IOException {
        Path folder = root.resolve(id).resolve(INPUT);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> Integer.valueOf(String.valueOf(file.getFileName()))).toList();
        }
    }

    /** A job that is being taken in under this id. */
    Arriving arriving(String id) {
        return new Arriving(id);
    }

    /** A job that is being taken in: its folder has another name until all of it is there. */
    final class Arriving implements AutoCloseable {
        private final String id;
        private final Path folder;
        private @Nullable HeldFile held;
        private boolean isThere;
        private boolean isKept;

        private Arriving(String id) {
            this.id = id;
            this.folder = root.resolve(NEW + id);
        }

        /** Makes the folder and marks it as used; within a transaction, as {@link #putAwayLeft}. */
        void begin() throws IOException {
            Files.createDirectories(root, OwnerAlone.folder(root));
            Files.createDirectory(folder, OwnerAlone.folder(folder));
            held = HeldFile.tryHold(folder, LOCK);
        }

        /** Copies the files; they are on the disk when this returns. */
        void copy(List<Path> files) throws IOException {
            Path input = folder.resolve(INPUT);
            Files.createDirectory(input, OwnerAlone.folder(input));
            for (int i = 0; i < files.size(); i++) {
                copied(files.get(i), input.resolve(Integer.toString(i)));
            }
            sync(input);
            sync(folder);
        }

        /** Gives the folder its name; within the transaction that makes the row. */
        void settle() throws IOException {
            release();
            Files.delete(folder.resolve(LOCK));
            Files.move(folder, root.resolve(id), StandardCopyOption.ATOMIC_MOVE);
            isThere = true;
            sync(root.resolve(id));
            sync(root);
        }

        /** Its row is on the disk too. */
        void keep() {
            isKept = true;
        }

        /** Deletes what did not become a job. */
        @Override
        public void close() throws IOException {
            release();
            FolderTree.delete(folder);
            if (isThere && !isKept) {
                putAway(id);
                clear(id);
            }
        }

        private void release() throws IOException {
            if (held != null) {
                held.close();
                held = null;
            }
        }
    }

    private static void copied(Path from, Path to) throws IOException {
        // Within the kernel: no byte of it comes onto the heap.
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out =
                        FileChannel.open(
                                to,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                OwnerAlone.file(to))) {
            long size = in.size();
            for (long done = 0; done < size; ) {
                long some = in.transferTo(done, size - done, out);
                if (some <= 0) {
                    throw new IOException(from + " became shorter while it was copied");
                }
                done += some;
            }
            out.force(true);
        }
    }

    /** Returns when a file's content, or the names in a folder, are on the disk. */
    static void sync(Path path) throws IOException {
        // Windows opens no folder, and keeps names in a journal of its own.
        if (OwnerAlone.folder(path).length == 0 && Files.isDirectory(path)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
