package dev.snug.speech.safetensors;

import dev.snug.onnx.Tensor;
import dev.snug.runtime.json.Json;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A mapped {@code .safetensors} file: named tensors that are slices of the map and take no heap.
 *
 * <p>The file comes from outside: its header is checked as a whole before a tensor is made, and
 * every byte behind the header belongs to exactly one tensor.
 *
 * <p>Source: the section "Format" of the README of huggingface/safetensors. Eight bytes hold the
 * length of the header, little-endian; the header is one JSON object that begins with a brace and
 * may end in spaces; the values follow, little-endian and row-major.
 */
public final class SafeTensors implements AutoCloseable {
    private static final int LENGTH_BYTES = Long.BYTES;

    private static final ValueLayout.OfLong LENGTH =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String name;
    private final Arena arena;
    private final Header header;
    private final Map<String, Tensor> tensors;

    private SafeTensors(String name, Arena arena, Header header, Map<String, Tensor> tensors) {
        this.name = name;
        this.arena = arena;
        this.header = header;
        this.tensors = tensors;
    }

    /**
     * Maps {@code file}.
     *
     * @throws CheckpointException when it cannot be read or breaks a rule of the format
     */
    public static SafeTensors open(Path file) {
        String name = Json.printable(String.valueOf(file.getFileName()));
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(name + " is not a regular file");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file)) {
            MemorySegment map = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            Header header = header(map, name);
            long start = map.byteSize() - header.valueBytes();
            return new SafeTensors(name, arena, header, slices(map.asSlice(start), header));
        } catch (IOException e) {
            arena.close();
            throw new CheckpointException(name + " cannot be read: " + e, e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static Header header(MemorySegment map, String name) {
        if (map.byteSize() < LENGTH_BYTES) {
            throw new CheckpointException(
                    "%s has %d bytes, too few for a safetensors file"
                            .formatted(name, map.byteSize()));
        }
        long length = map.get(LENGTH, 0);
        if (length < 0 || length > map.byteSize() - LENGTH_BYTES) {
            throw new CheckpointException(
                    "%s says that its header has %s bytes; %d follow. It is truncated or not a"
                                    .formatted(
                                            name,
                                            Long.toUnsignedString(length),
                                            map.byteSize() - LENGTH_BYTES)
                            + " safetensors file.");
        }
        if (length > Header.LIMITS.bytes()) {
            throw new CheckpointException(
                    "%s has a header of %d bytes; the limit is %d"
                            .formatted(name, length, Header.LIMITS.bytes()));
        }
        byte[] text = map.asSlice(LENGTH_BYTES, length).toArray(ValueLayout.JAVA_BYTE);
        return Header.parse(text, map.byteSize() - LENGTH_BYTES - length, name);
    }

    private static Map<String, Tensor> slices(MemorySegment values, Header header) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        header.entries()
                .forEach(
                        (key, entry) ->
                                tensors.put(
                                        key,
                                        new Tensor(
                                                entry.type(),
                                                entry.shape(),
                                                values.asSlice(entry.begin(), entry.bytes())
                                                        .asByteBuffer())));
        return Collections.unmodifiableMap(tensors);
    }

    /** The name of the file, for messages. */
    public String name() {
        return name;
    }

    /** All tensors in the order of the header, usable until this is closed. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /**
     * The tensor called {@code key}.
     *
     * @throws CheckpointException when there is none
     */
    public Tensor tensor(String key) {
        Tensor tensor = tensors.get(key);
        if (tensor == null) {
            throw new CheckpointException(name + " has no tensor " + Json.quoted(key));
        }
        return tensor;
    }

    /** The free texts that the writer of the file left in it. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** Unmaps the file; its tensors cannot be read afterwards. */
    @Override
    public void close() {
        arena.close();
    }
}
