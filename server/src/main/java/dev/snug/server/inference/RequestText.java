package dev.snug.server.inference;

import dev.snug.runtime.json.JsonException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A request as it lies on the disk: a JSON object, and behind it the data of inputs that are sent
 * as binary. It is read twice, because a name may stand behind the data that it names: first all
 * but the data, then the data alone, input by input, each as it comes.
 *
 * @param file of the whole body
 * @param jsonBytes of the JSON; the rest is binary data
 */
record RequestText(Path file, long jsonBytes) {
    /** All but the data: names, shapes and parameters. */
    static final int HEAD_BYTES_MAX = 64 << 10;

    /** Brackets within each other; a tensor has at most eight. */
    private static final int DEPTH_MAX = 16;

    private static final int NUMBER_CHARS_MAX = 64;

    private static final JsonFactory WRITING = new JsonFactory();

    /** The request without its data: in its place stands {@code true}. */
    byte[] head() throws IOException {
        try (InputStream in = json();
                JsonParser from = reading(HEAD_BYTES_MAX, in)) {
            ByteArrayOutputStream text = new Bounded();
            try (JsonGenerator to = WRITING.createGenerator(ObjectWriteContext.empty(), text)) {
                require(from.nextToken() == JsonToken.START_OBJECT, "is not a JSON object");
                to.writeStartObject();
                while (from.nextToken() != JsonToken.END_OBJECT) {
                    copyProperty(from, to);
                }
                to.writeEndObject();
                require(from.nextToken() == null, "goes on after its JSON object");
            }
            return text.toByteArray();
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    private static void copyProperty(JsonParser from, JsonGenerator to) {
        String name = from.currentName();
        to.writeName(name);
        JsonToken start = from.nextToken();
        if (!name.equals("inputs") || start != JsonToken.START_ARRAY) {
            to.copyCurrentStructure(from);
            return;
        }
        to.writeStartArray();
        while (from.nextToken() != JsonToken.END_ARRAY) {
            require(from.currentToken() == JsonToken.START_OBJECT, "has an input that is none");
            to.writeStartObject();
            while (from.nextToken() != JsonToken.END_OBJECT) {
                String key = from.currentName();
                to.writeName(key);
                JsonToken value = from.nextToken();
                if (key.equals("data")) {
                    require(value == JsonToken.START_ARRAY, "has data that is no list");
                    from.skipChildren();
                    to.writeBoolean(true);
                } else {
                    to.copyCurrentStructure(from);
                }
            }
            to.writeEndObject();
        }
        to.writeEndArray();
    }

    /**
     * Hands the data to whoever takes it.
     *
     * @param inputs as the head has them
     * @param intakes one for each input, in the same order
     * @param charsMax of a string that is not a picture
     */
    void data(List<RequestHead.Input> inputs, List<Intake> intakes, int charsMax)
            throws IOException {
        try (InputStream in = json();
                JsonParser from = reading(charsMax, in)) {
            from.nextToken();
            while (from.nextToken() != JsonToken.END_OBJECT) {
                boolean isInputs = from.currentName().equals("inputs");
                from.nextToken();
                if (isInputs) {
                    inputs(from, intakes);
                } else {
                    from.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw notJson(e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(jsonBytes);
            for (int i = 0; i < inputs.size(); i++) {
                long bytes = inputs.get(i).binaryBytes();
                if (bytes != RequestHead.Input.IN_JSON) {
                    intakes.get(i).binary(in, bytes);
                }
            }
            require(in.read() < 0, "goes on after its binary data");
        }
        intakes.forEach(Intake::requireWhole);
    }

    private static void inputs(JsonParser from, List<Intake> intakes) throws IOException {
        int index = 0;
        while (from.nextToken() != JsonToken.END_ARRAY) {
            while (from.nextToken() != JsonToken.END_OBJECT) {
                boolean isData = from.currentName().equals("data");
                from.nextToken();
                if (isData) {
                    elements(from, intakes.get(index));
                } else {
                    from.skipChildren();
                }
            }
            index++;
        }
    }

    /** Nested or flat: elements come in the order in which they lie in the tensor. */
    private static void elements(JsonParser from, Intake intake) throws IOException {
        for (int depth = 1; depth > 0; ) {
            switch (from.nextToken()) {
                case START_ARRAY -> depth++;
                case END_ARRAY -> depth--;
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> intake.json(from);
                case null, default ->
                        throw Refused.bad("data is of numbers or strings, not " + from.getString());
            }
        }
    }

    private InputStream json() throws IOException {
        return new Beginning(Files.newInputStream(file), jsonBytes);
    }

    private static JsonParser reading(int stringChars, InputStream in) {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(DEPTH_MAX)
                                .maxStringLength(stringChars)
                                .maxNumberLength(NUMBER_CHARS_MAX)
                                .build())
                .build()
                .createParser(ObjectReadContext.empty(), in);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new JsonException("the request " + otherwise);
        }
    }

    private static JsonException notJson(JacksonException e) {
        return new JsonException("the request is not JSON: " + e.getOriginalMessage(), e);
    }

    /** A text of at most {@link #HEAD_BYTES_MAX}. */
    private static final class Bounded extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            require(
                    length <= HEAD_BYTES_MAX - count,
                    "has more than " + HEAD_BYTES_MAX + " bytes beside its data");
            super.write(bytes, offset, length);
        }
    }

    /** The first bytes of a stream. */
    private static final class Beginning extends FilterInputStream {
        private long left;

        Beginning(InputStream in, long bytes) {
            super(in);
            left = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }
    }

    /** Copies {@code bytes} of {@code in}. */
    static void copy(InputStream in, long bytes, OutputStream out) throws IOException {
        byte[] piece = new byte[8192];
        for (long left = bytes; left > 0; ) {
            int read = in.readNBytes(piece, 0, (int) Math.min(piece.length, left));
            require(read > 0, "ends within its binary data");
            out.write(piece, 0, read);
            left -= read;
        }
    }
}
