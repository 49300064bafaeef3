package dev.snug.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The small models and pictures that the tests of the command share, and files that are bad. */
final class Golden {
    /** The checkout. */
    static final Path ROOT = Path.of(System.getProperty("snug.root", "..")).toAbsolutePath();

    private static final Path FOLDER = ROOT.resolve("vision/src/test/resources/golden");

    private Golden() {}

    /** A file made by the seeded TensorFlow script: models, pictures, TensorFlow's answers. */
    static String keras(String name) {
        return FOLDER.resolve("keras-vision").resolve(name).toString();
    }

    /** Picture {@code number}, 0 to 5. */
    static String picture(int number) {
        return keras("picture_" + number + ".png");
    }

    /** Model files that Keras wrote and that cannot be imported. */
    static List<Path> refused() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("random-models/refused"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes a sound PNG header of 100000 × 100000 pixels, 30 GB once decoded. */
    static String hugePng(Path folder) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream header = new DataOutputStream(chunk);
        header.write("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.writeInt(100_000);
        header.writeInt(100_000);
        header.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(chunk.toByteArray());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream png = new DataOutputStream(bytes);
        png.writeLong(0x89504e470d0a1a0aL);
        png.writeInt(13);
        png.write(chunk.toByteArray());
        png.writeInt((int) crc.getValue());
        return Files.write(folder.resolve("huge.png"), bytes.toByteArray()).toString();
    }
}
