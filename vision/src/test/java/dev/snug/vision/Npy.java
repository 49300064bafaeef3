package dev.snug.vision;

import dev.snug.onnx.Tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One array of a NumPy {@code .npy} file (format 1.0 or 2.0, row-major): its sizes, and its values
 * widened to float64, which holds each float32, float64, uint8, int32 and every int64 below 2^53
 * exactly.
 */
@SuppressWarnings("ArrayRecordComponent") // compared value by value in tests, never as a whole
public record Npy(int[] shape, double[] values) {
    private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([^']+)'");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

    public static Npy read(Path file) {
        try {
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a class-path resource, such as {@code /golden/keras-vision/input_96_0.npy}. */
    public static Npy resource(String name) {
        try (InputStream in = Npy.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name);
            }
            return parse(in.readAllBytes(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The values as float32; exact where the file holds float32 or uint8. */
    public float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** The array as a float32 tensor with {@code leading} sizes of 1 put before its own. */
    public Tensor tensor(int leading) {
        long[] sizes = new long[leading + shape.length];
        Arrays.fill(sizes, 1);
        for (int axis = 0; axis < shape.length; axis++) {
            sizes[leading + axis] = shape[axis];
        }
        return Tensor.floats(floats(), sizes);
    }

    private static Npy parse(byte[] file, String name) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(0) != 0x4d554e93 || bytes.getShort(4) != 0x5950) {
            throw new IllegalArgumentException(name + " is not a .npy file");
        }
        boolean wide = file[6] >= 2;
        int length = wide ? bytes.getInt(8) : Short.toUnsignedInt(bytes.getShort(8));
        int start = wide ? 12 : 10;
        String header = new String(file, start, length, StandardCharsets.US_ASCII);
        if (!header.contains("'fortran_order': False")) {
            throw new IllegalArgumentException(name + " is not row-major: " + header);
        }
        int[] shape =
                Arrays.stream(field(SHAPE, header).split(","))
                        .map(String::strip)
                        .filter(size -> !size.isEmpty())
                        .mapToInt(Integer::parseInt)
                        .toArray();
        double[] values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        fill(values, field(DESCR, header), bytes.position(start + length), name);
        return new Npy(shape, values);
    }

    private static void fill(double[] values, String type, ByteBuffer bytes, String name) {
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (type) {
                        case "<f4" -> bytes.getFloat();
                        case "<f8" -> bytes.getDouble();
                        case "|u1", "|b1" -> Byte.toUnsignedInt(bytes.get());
                        case "<i4" -> bytes.getInt();
                        case "<i8" -> bytes.getLong();
                        default -> throw new IllegalArgumentException(name + " holds " + type);
                    };
        }
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(name + " holds more values than its shape says");
        }
    }

    private static String field(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IllegalArgumentException("unexpected .npy header " + header);
        }
        return matcher.group(1);
    }
}
