package dev.snug.server.inference;

import dev.snug.server.http.Reply;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The answer to a request: a JSON object, and behind it, in the same order, the outputs that are
 * wished as binary data. It is written while it is sent; nothing of it is held whole.
 *
 * @param model that answered
 * @param version of it; null where it has none
 * @param id of the request; null where it had none
 * @param factors by which each picture was reduced; told where one was, that is, is above 1
 * @param parts its outputs
 */
record InferenceReply(
        String model,
        @Nullable String version,
        @Nullable String id,
        List<Integer> factors,
        List<Part> parts) {
    /**
     * An output.
     *
     * @param isBinary whether it stands behind the JSON
     */
    record Part(Output output, boolean isBinary) {}

    /**
     * How long the JSON is when something stands behind it (Triton's binary tensor data extension).
     */
    static final String LENGTH = "Inference-Header-Content-Length";

    /** The parameter that says how pictures were decoded that do not fit the memory whole. */
    private static final String REDUCED = "reduced_by";

    private static final JsonFactory WRITING =
            JsonFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .build();

    /**
     * The reply.
     *
     * @param done called when it was sent, or was not
     */
    Reply reply(Runnable done) throws IOException {
        if (parts.stream().noneMatch(Part::isBinary)) {
            return Reply.stream("application/json", out -> send(out, done));
        }
        return Reply.stream("application/octet-stream", out -> send(out, done))
                .with(LENGTH, Long.toString(length()));
    }

    private void send(OutputStream out, Runnable done) throws IOException {
        try {
            json(out);
            for (Part part : parts) {
                if (part.isBinary()) {
                    part.output().data().binary(out);
                }
            }
        } finally {
            done.run();
        }
    }

    private long length() throws IOException {
        Counting counting = new Counting();
        json(counting);
        return counting.count;
    }

    private void json(OutputStream out) throws IOException {
        try (JsonGenerator to =
                WRITING.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            to.writeStartObject();
            to.writeStringProperty("model_name", model);
            if (version != null) {
                to.writeStringProperty("model_version", version);
            }
            if (id != null) {
                to.writeStringProperty("id", id);
            }
            if (factors.stream().anyMatch(factor -> factor > 1)) {
                to.writeObjectPropertyStart("parameters");
                to.writeArrayPropertyStart(REDUCED);
                factors.forEach(to::writeNumber);
                to.writeEndArray();
                to.writeEndObject();
            }
            to.writeArrayPropertyStart("outputs");
            for (Part part : parts) {
                json(part.output(), part.isBinary(), to);
            }
            to.writeEndArray();
            to.writeEndObject();
        }
    }

    private static void json(Output output, boolean isBinary, JsonGenerator to) throws IOException {
        to.writeStartObject();
        to.writeStringProperty("name", output.name());
        to.writeStringProperty("datatype", output.datatype().name());
        to.writeArrayPropertyStart("shape");
        for (long size : output.shape()) {
            to.writeNumber(size);
        }
        to.writeEndArray();
        String contentType = output.contentType();
        if (isBinary) {
            to.writeObjectPropertyStart("parameters");
            to.writeNumberProperty("binary_data_size", output.data().binaryBytes());
            to.writeEndObject();
        } else {
            if (contentType != null) {
                to.writeObjectPropertyStart("parameters");
                to.writeStringProperty("content_type", contentType);
                to.writeEndObject();
            }
            to.writeArrayPropertyStart("data");
            output.data().json(to);
            to.writeEndArray();
        }
        to.writeEndObject();
    }

    /** Counts, and keeps nothing. */
    private static final class Counting extends OutputStream {
        private long count;

        @Override
        public void write(int oneByte) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
