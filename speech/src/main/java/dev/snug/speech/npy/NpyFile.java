package dev.snug.speech.npy;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.json.Json;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads and writes {@code .npy} files of versions 1 and 2: float32, int64, int32 and int16,
 * little-endian, in C order.
 *
 * <p>Source: the module numpy.lib.format of numpy. Six bytes of magic, two of version, the length
 * of the header in two or four bytes, then the header: a Python dictionary of exactly three keys,
 * padded with spaces to a multiple of 64 bytes and ended by a line feed.
 */
public final class NpyFile {
    /** Bytes; a header of eight sizes takes about 120. */
    static final int HEADER_BYTES_MAX = 1 << 16;

    /** Sizes of a shape; nothing here has more than two. */
    static final int RANK_MAX = 8;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int PREFIX_BYTES = 8;
    private static final int ALIGNMENT_BYTES = 64;

    private static final String ENTRY =
            "\\s*'(\\w+)'\\s*:\\s*('[^']*'|True|False|\\([0-9, ]*\\))\\s*";
    private static final Pattern ENTRIES = Pattern.compile(ENTRY);
    private static final Pattern DICTIONARY =
            Pattern.compile("\\{" + ENTRY + "," + ENTRY + "," + ENTRY + ",?\\s*}\\s*");

    private NpyFile() {}

    /**
     * The array in {@code file}.
     *
     * @param elementsMax elements that are allowed, checked before memory is taken
     * @throws NpyException when it is no such file, damaged, of another type or over the limit
     */
    public static NpyArray read(Path file, int elementsMax) throws IOException {
        String name = Json.printable(String.valueOf(file.getFileName()));
        if (!Files.isRegularFile(file)) {
            throw new NpyException(name + " is not a regular file");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, name, elementsMax);
        }
    }

    static NpyArray read(InputStream in, String name, int elementsMax) throws IOException {
        byte[] prefix = in.readNBytes(PREFIX_BYTES);
        if (prefix.length < PREFIX_BYTES
                || !Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new NpyException(name + " is not a .npy file; write one with numpy.save");
        }
        Map<String, String> header = header(headerText(in, prefix[6], name), name);
        NpyType type = type(header.getOrDefault("descr", ""), name);
        if (!header.getOrDefault("fortran_order", "").equals("False")) {
            throw new NpyException(
                    name + " is not in C order; save numpy.ascontiguousarray of the array");
        }
        List<Integer> shape = shape(header.getOrDefault("shape", ""), name);
        long count = 1;
        for (int length : shape) {
            count *= length;
            if (count > elementsMax) {
                throw new NpyException(
                        "%s has the shape %s; at most %d elements are allowed"
                                .formatted(name, shape, elementsMax));
            }
        }
        int bytes = Math.multiplyExact((int) count, type.bytes());
        byte[] elements = in.readNBytes(bytes);
        if (elements.length < bytes || in.read() >= 0) {
            throw new NpyException(
                    "%s has %s bytes of elements than its shape %s of %s takes (%d)"
                            .formatted(
                                    name,
                                    elements.length < bytes ? "fewer" : "more",
                                    shape,
                                    type.descr(),
                                    bytes));
        }
        return new NpyArray(type, shape, ByteBuffer.wrap(elements));
    }

    private static String headerText(InputStream in, int version, String name) throws IOException {
        if (version != 1 && version != 2) {
            throw new NpyException(
                    "%s is of version %d of the .npy format; 1 and 2 are read"
                            .formatted(name, version));
        }
        byte[] size = in.readNBytes(version == 1 ? Short.BYTES : Integer.BYTES);
        long length = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            length = (length << 8) | (size[i] & 0xff);
        }
        if (length > HEADER_BYTES_MAX) {
            throw new NpyException(
                    "%s has a header of %d bytes; the limit is %d"
                            .formatted(name, length, HEADER_BYTES_MAX));
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length || length == 0) {
            throw new NpyException(name + " is cut short inside its header");
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> header(String text, String name) {
        Map<String, String> entries = new HashMap<>();
        if (DICTIONARY.matcher(text).matches()) {
            Matcher entry = ENTRIES.matcher(text);
            while (entry.find()) {
                entries.put(entry.group(1), entry.group(2));
            }
        }
        if (entries.size() != 3) {
            throw new NpyException(
                    "%s has a header that is not read: %s"
                            .formatted(name, Json.printable(text.strip())));
        }
        return entries;
    }

    private static NpyType type(String descr, String name) {
        for (NpyType type : NpyType.values()) {
            if (descr.equals("'" + type.descr() + "'")) {
                return type;
            }
        }
        throw new NpyException(
                "%s has elements of type %s; float32, int64, int32 and int16 (little-endian) are read: save array.astype('<f4')"
                        .formatted(name, Json.printable(descr)));
    }

    private static List<Integer> shape(String text, String name) {
        List<Integer> shape = new ArrayList<>();
        for (String size : text.replaceAll("[() ]", "").split(",", -1)) {
            if (size.isEmpty()) {
                continue;
            }
            // Nine digits fit an int; more elements are refused anyway.
            if (size.length() > 9 || shape.size() == RANK_MAX) {
                throw new NpyException(
                        "%s has a shape that is not read: %s"
                                .formatted(name, Json.printable(text)));
            }
            shape.add(Integer.parseInt(size));
        }
        return shape;
    }

    /** Writes {@code array} to {@code file}, which appears whole or not at all. */
    public static void write(Path file, NpyArray array) {
        WholeFile.write(file, out -> write(out, array));
    }

    static void write(OutputStream out, NpyArray array) throws IOException {
        String sizes =
                array.shape().stream().map(size -> size + ",").collect(Collectors.joining(" "));
        String shape = array.shape().size() > 1 ? sizes.substring(0, sizes.length() - 1) : sizes;
        String text =
                "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
                        .formatted(array.type().descr(), shape);
        int before = PREFIX_BYTES + Short.BYTES;
        int whole = Math.ceilDiv(before + text.length() + 1, ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
        String padded = text + " ".repeat(whole - before - text.length() - 1) + "\n";
        ByteBuffer head = ByteBuffer.allocate(whole).order(ByteOrder.LITTLE_ENDIAN);
        head.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) padded.length());
        head.put(padded.getBytes(StandardCharsets.US_ASCII));
        out.write(head.array());
        Channels.newChannel(out).write(array.elements());
    }
}
