package dev.snug.server.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The pictures of one request, in its order; all are gone when it is closed. For one thread. */
final class PictureFiles implements AutoCloseable {
    private static final AtomicLong NUMBER = new AtomicLong();

    private final Path folder;
    private final long bytesMax;
    private final List<PictureFile> files = new ArrayList<>();

    /**
     * None yet.
     *
     * @param folder of this run alone
     * @param bytesMax of each
     */
    PictureFiles(Path folder, long bytesMax) {
        this.folder = folder;
        this.bytesMax = bytesMax;
    }

    /** One more, to be written. */
    PictureFile next() throws IOException {
        PictureFile file =
                PictureFile.create(folder.resolve("picture-" + NUMBER.incrementAndGet()), bytesMax);
        files.add(file);
        return file;
    }

    /** Those that were written. */
    List<PictureFile> files() {
        return files;
    }

    long bytesMax() {
        return bytesMax;
    }

    @Override
    public void close() {
        files.forEach(PictureFile::close);
    }
}
