package dev.snug.server.inference;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A tensor of an answer.
 *
 * @param name of the tensor
 * @param datatype of its elements
 * @param shape without dimensions of unknown size
 * @param data of its elements
 * @param contentType what the elements are, where {@link Datatype#BYTES} does not say; null for
 *     words
 */
record Output(
        String name, Datatype datatype, List<Long> shape, Data data, @Nullable String contentType) {
    /** The elements, written in one of two ways, as often as is asked for. */
    interface Data {
        /** The elements of a JSON array. */
        void json(JsonGenerator to) throws IOException;

        /** How many bytes {@link #binary} writes. */
        long binaryBytes();

        /** Numbers little end first; bytes behind their length. */
        void binary(OutputStream to) throws IOException;
    }

    /** Words. */
    static Output words(String name, List<Long> shape, List<String> words) {
        List<byte[]> bytes =
                words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
        return new Output(name, Datatype.BYTES, shape, new Elements(bytes, true), null);
    }

    /** Files, such as pictures; in JSON they are base64. */
    static Output files(String name, List<Long> shape, List<byte[]> files) {
        return new Output(name, Datatype.BYTES, shape, new Elements(files, false), "base64");
    }

    /** Numbers with a fraction. */
    static Output reals(String name, List<Long> shape, float[] values) {
        return new Output(name, Datatype.FP32, shape, new Reals(values), null);
    }

    /** One whole number. */
    static Output whole(String name, int value) {
        return new Output(name, Datatype.INT32, List.of(1L), new Whole(value), null);
    }

    /** Sound that lies in a file: 16 bits a sample, little end first. */
    static Output samples(String name, Path file, long count) {
        return new Output(name, Datatype.INT16, List.of(1L, count), new Samples(file, count), null);
    }

    private record Elements(List<byte[]> elements, boolean isText) implements Data {
        @Override
        public void json(JsonGenerator to) {
            for (byte[] element : elements) {
                if (isText) {
                    to.writeUTF8String(element, 0, element.length);
                } else {
                    to.writeBinary(element);
                }
            }
        }

        @Override
        public long binaryBytes() {
            return elements.stream().mapToLong(each -> Integer.BYTES + each.length).sum();
        }

        @Override
        public void binary(OutputStream to) throws IOException {
            for (byte[] element : elements) {
                to.write(LittleEnd.bytes(element.length));
                to.write(element);
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    private record Reals(float[] values) implements Data {
        @Override
        public void json(JsonGenerator to) {
            for (float value : values) {
                to.writeNumber(value);
            }
        }

        @Override
        public long binaryBytes() {
            return (long) Float.BYTES * values.length;
        }

        @Override
        public void binary(OutputStream to) throws IOException {
            for (float value : values) {
                to.write(LittleEnd.bytes(Float.floatToRawIntBits(value)));
            }
        }
    }

    private record Whole(int value) implements Data {
        @Override
        public void json(JsonGenerator to) {
            to.writeNumber(value);
        }

        @Override
        public long binaryBytes() {
            return Integer.BYTES;
        }

        @Override
        public void binary(OutputStream to) throws IOException {
            to.write(LittleEnd.bytes(value));
        }
    }

    private record Samples(Path file, long count) implements Data {
        private static final int PIECE_BYTES = 8192;

        @Override
        public void json(JsonGenerator to) throws IOException {
            byte[] piece = new byte[PIECE_BYTES];
            try (InputStream in =
                    new BufferedInputStream(Files.newInputStream(file), PIECE_BYTES)) {
                for (long left = count; left > 0; ) {
                    int bytes = (int) Math.min(PIECE_BYTES, left * Short.BYTES);
                    if (in.readNBytes(piece, 0, bytes) < bytes) {
                        throw new IOException("the sound is shorter than it was");
                    }
                    ByteBuffer samples = LittleEnd.of(piece).limit(bytes);
                    while (samples.hasRemaining()) {
                        to.writeNumber(samples.getShort());
                    }
                    left -= bytes / Short.BYTES;
                }
            }
        }

        @Override
        public long binaryBytes() {
            return Short.BYTES * count;
        }

        @Override
        public void binary(OutputStream to) throws IOException {
            Files.copy(file, to);
        }
    }
}
