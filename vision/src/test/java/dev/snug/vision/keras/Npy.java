package dev.snug.vision.keras;

import dev.snug.onnx.Tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads NumPy files of version 1 with float32 or uint8 elements, as float32. */
final class Npy {
    private static final Pattern HEADER =
            Pattern.compile("'descr': '([^']+)'.*'fortran_order': False.*'shape': \\(([^)]*)\\)");

    private Npy() {}

    /** The array in {@code file} with {@code leading} sizes of 1 put before its own. */
    static Tensor read(Path file, int leading) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int headerBytes = bytes.getShort(8);
        String header = new String(bytes.array(), 10, headerBytes, StandardCharsets.ISO_8859_1);
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.find()) {
            throw new IOException(file + " has an unexpected header " + header);
        }
        long[] own =
                Arrays.stream(matcher.group(2).split(","))
                        .map(String::strip)
                        .filter(size -> !size.isEmpty())
                        .mapToLong(Long::parseLong)
                        .toArray();
        long[] sizes = new long[leading + own.length];
        Arrays.fill(sizes, 1);
        System.arraycopy(own, 0, sizes, leading, own.length);
        bytes.position(10 + headerBytes);
        int width = matcher.group(1).equals("|u1") ? 1 : Float.BYTES;
        float[] values = new float[bytes.remaining() / width];
        for (int i = 0; i < values.length; i++) {
            values[i] = width == 1 ? Byte.toUnsignedInt(bytes.get()) : bytes.getFloat();
        }
        return Tensor.floats(values, sizes);
    }
}
