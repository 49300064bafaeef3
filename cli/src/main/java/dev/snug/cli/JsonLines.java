package dev.snug.cli;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.PrintStream;
import java.io.StringWriter;
import java.util.function.Consumer;

/** Writes JSON objects, one a line. */
final class JsonLines {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonLines() {}

    /** Writes the object whose properties {@code properties} writes. */
    static void write(PrintStream out, Consumer<JsonGenerator> properties) {
        value(
                out,
                json -> {
                    json.writeStartObject();
                    properties.accept(json);
                    json.writeEndObject();
                });
    }

    /** Writes any one value and ends the line. */
    static void value(PrintStream out, Consumer<JsonGenerator> value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            value.accept(json);
        }
        out.println(text);
        out.flush();
    }
}
