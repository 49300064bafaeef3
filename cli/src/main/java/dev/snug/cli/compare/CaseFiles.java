package dev.snug.cli.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a model made of cases, as files in one folder; cases count from 0 here. */
public record CaseFiles(Path folder) {
    /** The picture with its heat map, a small PNG. */
    public Path overlay(int number) {
        return folder.resolve(number + ".png");
    }

    /** The sound, a WAV file. */
    public Path sound(int number) {
        return folder.resolve(number + ".wav");
    }

    /** Its mel without the recording's frames: float32 [frames, 100], big-endian. */
    public Path mel(int number) {
        return folder.resolve(number + ".mel");
    }

    /** The values of {@link #mel}. */
    public float[] readMel(int number) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(mel(number)));
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
