package dev.snug.runtime.bundle;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One named folder that is replaced as a whole, so that a reader finds the old one or the new one
 * whatever happens to the writer.
 *
 * <p>POSIX renames no folder over one that has files in it, so replacing takes two renames:
 *
 * <ol>
 *   <li>the new folder is filled as {@code .installing-NAME} and forced to the disk;
 *   <li>the old one becomes {@code .replaced-NAME};
 *   <li>the new one becomes {@code NAME};
 *   <li>{@code .replaced-NAME} is deleted.
 * </ol>
 *
 * <p>Between 2 and 3, or when the writer dies there, {@link #visible} is {@code .replaced-NAME}: at
 * every moment one of the two is whole. The next writer recovers: it moves a {@code .replaced-NAME}
 * back when there is no {@code NAME}, and deletes what else was left. Writers hold the lock of the
 * name; that is why leftovers have no living owner, and why their names need no process id.
 */
final class FolderSwap {
    private static final String INSTALLING = ".installing-";
    private static final String REPLACED = ".replaced-";
    private static final String REMOVED = ".removed-";

    private final Disk disk;
    private final Path parent;
    private final Path target;
    private final Path installing;
    private final Path replaced;
    private final Path removed;

    /** The folder {@code name} in {@code parent}. */
    FolderSwap(Disk disk, Path parent, String name) {
        this.disk = disk;
        this.parent = parent;
        this.target = parent.resolve(name);
        this.installing = parent.resolve(INSTALLING + name);
        this.replaced = parent.resolve(REPLACED + name);
        this.removed = parent.resolve(REMOVED + name);
    }

    /** Fills a new folder. */
    @FunctionalInterface
    interface Filler {
        /** Writes everything into {@code folder}, which is empty, and forces each file to disk. */
        void fill(Path folder) throws IOException;
    }

    /** The name that the folder at {@code path} has, or had before it was about to be replaced. */
    static String nameOf(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(REPLACED) ? name.substring(REPLACED.length()) : name;
    }

    /** Names of the folders in {@code parent} at which a writer is at work, or died. */
    static Set<String> leftovers(Path parent) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(parent, ".*-*")) {
            for (Path path : paths) {
                String name = path.getFileName().toString();
                for (String prefix : List.of(INSTALLING, REPLACED, REMOVED)) {
                    if (name.startsWith(prefix)) {
                        names.add(name.substring(prefix.length()));
                    }
                }
            }
        }
        return names;
    }

    /** Where a reader finds the folder now; nothing is there when it does not exist. */
    Path visible() {
        return !exists(target) && exists(replaced) ? replaced : target;
    }

    /** Whether {@link #visible} is a stand-in: a writer is at work, or died. */
    boolean isInterrupted() {
        return visible().equals(replaced);
    }

    /** Puts right what a writer that died has left. */
    void recover() throws IOException {
        if (isInterrupted()) {
            disk.move(replaced, target);
        }
        disk.deleteTree(installing);
        disk.deleteTree(replaced);
        disk.deleteTree(removed);
    }

    /** Replaces the folder by the one that {@code filler} fills, or leaves all as it was. */
    void replace(Filler filler) throws IOException {
        recover();
        try {
            disk.createFolder(installing);
            filler.fill(installing);
            disk.sync(installing);
            if (exists(target)) {
                disk.move(target, replaced);
            }
            disk.move(installing, target);
        } catch (Throwable e) {
            undo(e);
            throw e;
        }
        disk.sync(parent);
        tryDelete(replaced);
    }

    /** Removes the folder if it is there; it disappears in one step. */
    void remove() throws IOException {
        recover();
        if (exists(target)) {
            disk.move(target, removed);
            disk.sync(parent);
            tryDelete(removed);
        }
    }

    /** The change is made: what cannot be deleted now, the next writer deletes. */
    private void tryDelete(Path folder) {
        try {
            disk.deleteTree(folder);
        } catch (IOException e) {
            return;
        }
    }

    private void undo(Throwable failure) {
        try {
            recover();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
