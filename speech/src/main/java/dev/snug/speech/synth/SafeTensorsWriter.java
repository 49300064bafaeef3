package dev.snug.speech.synth;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.format.TensorFile.Elements;
import dev.snug.runtime.bundle.Progress;
import dev.snug.runtime.bundle.WholeFile;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes {@code .safetensors} files of any size through one block of 64 KiB: the header first, then
 * the values of one tensor after the other, made as they are written.
 *
 * <p>Source: the section "Format" of the README of huggingface/safetensors.
 */
final class SafeTensorsWriter {
    private static final int BLOCK_BYTES = 64 << 10;

    /** Where the values begin: a multiple of this, so that every type lies aligned in a map. */
    private static final int ALIGNMENT_BYTES = 8;

    private SafeTensorsWriter() {}

    /** Puts the next bytes of a tensor into a block until it is full. */
    @FunctionalInterface
    interface Content {
        /** Fills what remains of {@code block}, little-endian, whole elements. */
        void fill(ByteBuffer block);
    }

    /**
     * A tensor to be written; its content is asked for once, from the beginning.
     *
     * @param name letters, digits, dots and underscores
     */
    record Entry(String name, ElementType type, Shape shape, Content content) {
        /** A float32 tensor. */
        static Entry floats(String name, Shape shape, Elements elements) {
            return new Entry(
                    name,
                    ElementType.FLOAT,
                    shape,
                    block -> {
                        while (block.hasRemaining()) {
                            block.putFloat(elements.next());
                        }
                    });
        }

        long bytes() {
            return type.bytes(shape.elements());
        }
    }

    /** The size of the file that {@link #write} makes of {@code entries}. */
    static long bytes(List<Entry> entries) {
        return Long.BYTES + header(entries).length + valueBytes(entries);
    }

    /**
     * Writes {@code entries} to {@code file}, which appears whole or not at all.
     *
     * @throws dev.snug.runtime.bundle.BundleException when the disk refuses
     */
    static void write(Path file, List<Entry> entries, Progress progress) {
        WholeFile.write(file, out -> write(out, entries, progress));
    }

    private static void write(OutputStream out, List<Entry> entries, Progress progress)
            throws IOException {
        byte[] header = header(entries);
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(block.putLong(header.length).array(), 0, Long.BYTES);
        out.write(header);
        long total = valueBytes(entries);
        long done = 0;
        for (Entry entry : entries) {
            for (long left = entry.bytes(); left > 0; left -= block.position()) {
                block.clear().limit((int) Math.min(BLOCK_BYTES, left));
                entry.content().fill(block);
                out.write(block.array(), 0, block.position());
                done += block.position();
                progress.advanced(done, total);
            }
        }
    }

    private static long valueBytes(List<Entry> entries) {
        return entries.stream().mapToLong(Entry::bytes).sum();
    }

    private static byte[] header(List<Entry> entries) {
        StringBuilder json = new StringBuilder("{");
        long begin = 0;
        for (Entry entry : entries) {
            long end = begin + entry.bytes();
            json.append(begin == 0 ? "" : ",")
                    .append('"')
                    .append(entry.name())
                    .append("\":{\"dtype\":\"")
                    .append(code(entry.type()))
                    .append("\",\"shape\":[");
            long[] sizes = entry.shape().sizes();
            for (int i = 0; i < sizes.length; i++) {
                json.append(i == 0 ? "" : ",").append(sizes[i]);
            }
            json.append("],\"data_offsets\":[").append(begin).append(',').append(end).append("]}");
            begin = end;
        }
        json.append('}');
        while (json.length() % ALIGNMENT_BYTES != 0) {
            json.append(' ');
        }
        return json.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String code(ElementType type) {
        return switch (type) {
            case FLOAT -> "F32";
            case INT64 -> "I64";
            case BOOL -> "BOOL";
            default -> throw new IllegalArgumentException("no checkpoint here holds " + type);
        };
    }
}
