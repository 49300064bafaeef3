package dev.snug.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden arrays of F5-TTS and the distance to them; what they are, their README says. */
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden/f5");

    private Golden() {}

    public static Path file(String name) {
        return FOLDER.resolve(name);
    }

    /** The float32 values of {@code name.npy}. */
    public static float[] floats(String name) {
        ByteBuffer bytes = bytes(name + ".npy");
        int header = Short.toUnsignedInt(bytes.getShort(8));
        String text = StandardCharsets.US_ASCII.decode(bytes.slice(10, header)).toString();
        assertThat(text).contains("'<f4'").contains("'fortran_order': False");
        bytes.position(10 + header);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** The samples of {@code reference.wav}, -1 to 1. */
    public static float[] reference() {
        ByteBuffer bytes = bytes("reference.wav").position(44);
        float[] samples = new float[bytes.remaining() / Short.BYTES];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort() / 32768f;
        }
        return samples;
    }

    /** Root mean square of the difference over that of the expected values. */
    public static double distance(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double whole = 0;
        for (int i = 0; i < actual.length; i++) {
            double d = (double) actual[i] - expected[i];
            difference += d * d;
            whole += (double) expected[i] * expected[i];
        }
        return Math.sqrt(difference / whole);
    }

    private static ByteBuffer bytes(String name) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(file(name))).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
