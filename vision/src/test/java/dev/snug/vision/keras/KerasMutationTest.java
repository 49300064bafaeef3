package dev.snug.vision.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.snug.vision.Golden;
import dev.snug.vision.keras.file.KerasException;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Damaged files end in a graph or in a {@link KerasException}, and soon. 300 seeded mutations of a
 * sound file: of its zip structure, of the configuration and of the HDF5 structure, the latter two
 * packed again with right checksums so that the readers behind the zip see them.
 */
final class KerasMutationTest {
    private static final String MODEL = "random-models/model_05.keras";
    private static final int MUTATIONS_EACH = 100;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** HDF5 structure lies between the weights: most of a small file. */
    private static final int[] INTERESTING = {0, 1, 0x7F, 0x80, 0xFF};

    @TempDir private Path work;

    @TestFactory
    Stream<DynamicTest> damagedFilesAreRefusedOrRead() throws IOException {
        byte[] whole = Files.readAllBytes(Golden.file(MODEL));
        return Stream.of("zip structure", "config.json", "model.weights.h5")
                .map(where -> DynamicTest.dynamicTest(where, () -> mutate(whole, where)));
    }

    private void mutate(byte[] whole, String where) throws IOException {
        Random random = new Random(where.hashCode());
        int refused = 0;
        for (int i = 0; i < MUTATIONS_EACH; i++) {
            byte[] mutated =
                    where.equals("zip structure")
                            ? damageStructure(whole, random)
                            : damageEntry(whole, where, random);
            long start = System.nanoTime();
            refused += refuses(mutated, where + " " + i) ? 1 : 0;
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
        }
        assertThat(refused).isPositive();
    }

    private boolean refuses(byte[] bytes, String name) throws IOException {
        Path file = Files.write(work.resolve("mutated.keras"), bytes);
        try (KerasModel keras = KerasImporter.read(file, work)) {
            keras.toOnnx(KerasImportOptions.DEFAULT);
            return false;
        } catch (KerasException e) {
            assertThat(e).hasMessageContaining("mutated.keras");
            return true;
        } catch (RuntimeException | Error e) {
            return fail(name + " ended in " + e, e);
        }
    }

    /** Bytes near the beginning of an entry's header or in the directory at the end. */
    private static byte[] damageStructure(byte[] whole, Random random) {
        byte[] mutated = whole.clone();
        int config = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK", 4);
        int directory = whole.length - 256;
        int at =
                switch (random.nextInt(3)) {
                    case 0 -> random.nextInt(64);
                    case 1 -> config + random.nextInt(48);
                    default -> directory + random.nextInt(256);
                };
        mutated[at] = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
        return mutated;
    }

    private static byte[] damageEntry(byte[] whole, String name, Random random) throws IOException {
        Map<String, byte[]> entries = unpack(whole);
        byte[] entry = entries.getOrDefault(name, new byte[0]).clone();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(entry.length);
            switch (random.nextInt(4)) {
                case 0 -> entry[at] = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
                case 1 -> entry[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> {
                    int from = random.nextInt(entry.length);
                    int length = Math.min(8, entry.length - Math.max(at, from));
                    System.arraycopy(entry, from, entry, at, length);
                }
                default -> ByteBuffer.wrap(entry).putLong(Math.min(at, entry.length - 8), -1);
            }
        }
        entries.put(name, entry);
        return pack(entries);
    }

    private static Map<String, byte[]> unpack(byte[] whole) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(whole))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] pack(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> part : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                CRC32 crc = new CRC32();
                crc.update(part.getValue());
                entry.setCrc(crc.getValue());
                entry.setSize(part.getValue().length);
                zip.putNextEntry(entry);
                zip.write(part.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
