package dev.snug.runtime.bundle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The four changes that installing makes to a disk, each done or not done. An interface, so that a
 * test can end the process's power over the disk after any one of them.
 */
interface Disk {
    /** The disk of this machine. */
    Disk REAL = new Real();

    /** Creates {@code folder}, and its parents where missing. */
    void createFolder(Path folder) throws IOException;

    /** Renames {@code from} to {@code to}, which does not exist, in one step. */
    void move(Path from, Path to) throws IOException;

    /** Returns when the content of the file, or the names in the folder, are on the disk. */
    void sync(Path path) throws IOException;

    /** Deletes a file, a link (not what it points at) or a folder with all it holds. */
    void deleteTree(Path root) throws IOException;

    /** The disk of this machine, through {@link Files}. */
    final class Real implements Disk {
        private Real() {}

        @Override
        public void createFolder(Path folder) throws IOException {
            Files.createDirectories(folder);
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void sync(Path path) throws IOException {
            // Windows opens no folder, and keeps names in a journal of its own.
            if (!OwnerAlone.hasPermissions(path) && Files.isDirectory(path)) {
                return;
            }
            // fsync(2) takes a descriptor that is open for reading, of a folder as well.
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void deleteTree(Path root) throws IOException {
            FolderTree.delete(root);
        }
    }
}
