package dev.snug.server.job.redis;

import dev.snug.runtime.bundle.OwnerAlone;
import dev.snug.server.job.JobId;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The name under which a server takes work: the same after a restart, so that it finds at once what
 * it had in hand, and never that of two servers at a time.
 *
 * <p>It is in the file {@code node} of the data folder, which its server holds locked. A second
 * server on the same folder gets a name that nobody knows later.
 */
final class NodeId implements AutoCloseable {
    private final String name;
    private final @Nullable FileChannel file;

    private NodeId(String name, @Nullable FileChannel file) {
        this.name = name;
        this.file = file;
    }

    /** The one of this data folder. */
    static NodeId of(Path data) throws IOException {
        Files.createDirectories(data, OwnerAlone.folder(data));
        Path place = data.resolve("node");
        FileChannel file =
                FileChannel.open(
                        place,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        OwnerAlone.file(place));
        try {
            if (!isOurs(file)) {
                file.close();
                return new NodeId(JobId.random(), null);
            }
            return new NodeId(nameIn(file), file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static boolean isOurs(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** What is not a whole name, because its server was killed while it wrote, is made anew. */
    private static String nameIn(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(JobId.CHARS);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {}
        String found = new String(bytes.array(), StandardCharsets.US_ASCII);
        if (found.matches("[a-z0-9]{" + JobId.CHARS + "}")) {
            return found;
        }
        String made = JobId.random();
        ByteBuffer text = ByteBuffer.wrap(made.getBytes(StandardCharsets.US_ASCII));
        while (text.hasRemaining()) {
            file.write(text, text.position());
        }
        file.force(false);
        return made;
    }

    /** 26 letters and digits. */
    String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the file node cannot be let go", e);
        }
    }
}
