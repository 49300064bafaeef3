package dev.snug.vision.keras.file;

import dev.snug.onnx.format.TensorFile;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.json.JsonLimits;
import dev.snug.vision.keras.file.ZipDirectory.Entry;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * An open {@code .keras} file: its configuration on the heap, its weights mapped.
 *
 * <p>Stored weights are mapped where they lie in the file; deflated ones are inflated into an
 * unlinked file of the work folder. The mapped bytes live until {@link #close}; reading them later
 * throws {@link IllegalStateException}.
 */
public final class KerasArchive implements AutoCloseable {
    /** Of a file that is something else, so that the error stays a line. */
    private static final int ENTRIES_SHOWN = 3;

    private static final int NAME_CHARS_SHOWN = 100;

    private static final String CONFIG = "config.json";
    private static final String METADATA = "metadata.json";
    private static final String WEIGHTS = "model.weights.h5";

    /**
     * 35 times the text and 16 times the entries of an EfficientNetV2-S: about 100 MB of heap. A
     * nested model takes six levels; Keras files seen so far stay below 40.
     */
    private static final JsonLimits LIMITS = new JsonLimits(16 << 20, 500_000, 200, 1 << 20);

    /** A mapped buffer's limit: half a billion parameters, 25 times an EfficientNetV2-S. */
    private static final long WEIGHTS_BYTES = Integer.MAX_VALUE;

    /** The versions of Keras whose layout of the weights is known. */
    private static final String KERAS_3 = "3.";

    private static final byte[] ZIP = {'P', 'K'};
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

    private final Map<String, @Nullable Object> config;
    private final String kerasVersion;
    private final Map<String, StoredTensor> weights;
    private final Path workFolder;
    private final Arena arena;

    private KerasArchive(FileChannel channel, Path workFolder, Arena arena) throws IOException {
        Map<String, Entry> entries = ZipDirectory.read(channel);
        ZipContent content = new ZipContent(channel);
        this.workFolder = workFolder;
        this.arena = arena;
        kerasVersion = kerasVersion(json(content, find(entries, METADATA)));
        config = json(content, find(entries, CONFIG));
        weights = WeightsIndex.read(map(content, find(entries, WEIGHTS)));
    }

    /**
     * Opens {@code file}.
     *
     * @param workFolder where deflated weights are inflated to; as large as they are
     * @throws KerasException when it is not a {@code .keras} file that can be read
     */
    public static KerasArchive open(Path file, Path workFolder) {
        Arena arena = Arena.ofShared();
        boolean opened = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            requireZip(channel);
            KerasArchive archive = new KerasArchive(channel, workFolder, arena);
            opened = true;
            return archive;
        } catch (KerasException e) {
            // Names of entries are the file's: none moves a terminal's cursor.
            String line = String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?");
            throw new KerasException(file + " cannot be imported: " + line, e);
        } catch (IOException e) {
            throw new KerasException(file + " cannot be read: " + e, e);
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }

    private static void requireZip(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HDF5.length);
        channel.read(head, 0);
        if (startsWith(head, HDF5)) {
            throw new KerasException(
                    "it is an old HDF5 model (.h5), not a .keras file. Convert it in Python: "
                            + "keras.saving.load_model(\"x.h5\").save(\"x.keras\")");
        }
        if (!startsWith(head, ZIP)) {
            throw new KerasException("it is not a .keras file (no zip)");
        }
    }

    private static boolean startsWith(ByteBuffer head, byte[] magic) {
        return head.position() >= magic.length
                && head.slice(0, magic.length).equals(ByteBuffer.wrap(magic));
    }

    private static Entry find(Map<String, Entry> entries, String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new KerasException(
                    "it has no entry %s, only %s; a file saved by Keras 3 as .keras is needed"
                            .formatted(name, first(entries)));
        }
        return entry;
    }

    private static String first(Map<String, Entry> entries) {
        String names =
                entries.keySet().stream()
                        .limit(ENTRIES_SHOWN)
                        .map(each -> each.substring(0, Math.min(NAME_CHARS_SHOWN, each.length())))
                        .collect(Collectors.joining(", "));
        int others = entries.size() - ENTRIES_SHOWN;
        return others > 0 ? names + " and %d more".formatted(others) : names;
    }

    private static Map<String, @Nullable Object> json(ZipContent content, Entry entry)
            throws IOException {
        byte[] text = content.read(entry, LIMITS.bytes());
        try {
            return Json.parseObject(text, entry.name(), LIMITS);
        } catch (JsonException e) {
            throw new KerasException("its " + e.getMessage(), e);
        }
    }

    private static String kerasVersion(Map<String, ?> metadata) {
        Object version = metadata.get("keras_version");
        if (!(version instanceof String text) || !text.startsWith(KERAS_3)) {
            throw new KerasException(
                    "it was saved by Keras "
                            + version
                            + ", whose weights lie differently. Open it with Keras 3 and save it"
                            + " again: keras.saving.load_model(\"x.keras\").save(\"y.keras\")");
        }
        return text;
    }

    private ByteBuffer map(ZipContent content, Entry entry) throws IOException {
        if (entry.bytes() > WEIGHTS_BYTES) {
            throw new KerasException(
                    "its weights take %d bytes; the limit is %d"
                            .formatted(entry.bytes(), WEIGHTS_BYTES));
        }
        if (entry.method() != Entry.STORED) {
            try (FileChannel inflated = unlinkedFile(workFolder)) {
                content.inflate(entry, inflated);
                return map(inflated, 0, inflated.size());
            }
        }
        ByteBuffer mapped = map(content.channel(), entry.dataOffset(), content.stored(entry));
        CRC32 crc = new CRC32();
        crc.update(mapped.duplicate());
        ZipContent.requireCrc(entry, crc);
        return mapped;
    }

    private ByteBuffer map(FileChannel from, long offset, long bytes) throws IOException {
        return from.map(MapMode.READ_ONLY, offset, bytes, arena).asByteBuffer();
    }

    /** A file without a name, where the system knows such: it is gone once nothing maps it. */
    private static FileChannel unlinkedFile(Path folder) throws IOException {
        Path path = Files.createTempFile(folder, "keras-", ".tmp");
        return FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** The document {@code config.json}: maps, lists, strings, numbers, booleans and nulls. */
    public Map<String, @Nullable Object> config() {
        return config;
    }

    /** The version of Keras that saved the file, such as {@code 3.15.1}. */
    public String kerasVersion() {
        return kerasVersion;
    }

    /** The weight at {@code path}, such as {@code layers/dense/vars/0}. */
    public Optional<StoredTensor> weight(String path) {
        return Optional.ofNullable(weights.get(path));
    }

    /** A place for tensors made from the weights, mapped as long as this archive is open. */
    public TensorFile tensorFile() {
        try {
            return TensorFile.create(workFolder, arena);
        } catch (IOException e) {
            throw new KerasException("the work folder %s cannot be used".formatted(workFolder), e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
