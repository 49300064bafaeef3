package dev.snug.bench.peers;

import dev.snug.speech.npy.NpyArray;
import dev.snug.speech.npy.NpyFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What each row answered, for the rows that are compared with it.
 *
 * @param folder a {@code .npy} file for each row
 */
record Answers(Path folder) {
    private static final int VALUES_MAX = 1 << 20;

    void keep(String id, float[] answer) {
        NpyFile.write(file(id), NpyArray.of(answer, answer.length));
    }

    /** Nothing where that row did not answer. */
    float[] find(String id) throws IOException {
        return Files.exists(file(id)) ? NpyFile.read(file(id), VALUES_MAX).floats() : new float[0];
    }

    private Path file(String id) {
        return folder.resolve(id.replace(':', '+') + ".npy");
    }
}
