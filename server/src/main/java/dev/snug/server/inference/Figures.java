package dev.snug.server.inference;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Some numbers: a speed, ages, a seed. */
final class Figures extends Intake {
    private final List<Number> figures = new ArrayList<>();

    Figures(RequestHead.Input input) {
        super(input);
    }

    /** Those that came: {@code Double} for {@link Datatype#FP32}, else {@code Long}. */
    List<Number> figures() {
        return figures;
    }

    @Override
    void json(JsonParser from) {
        boolean isWhole = input().datatype().isWhole();
        JsonToken token = from.currentToken();
        if (token == JsonToken.VALUE_STRING || (isWhole && token != JsonToken.VALUE_NUMBER_INT)) {
            throw not(isWhole ? "whole numbers" : "numbers");
        }
        count();
        figures.add(isWhole ? (Number) from.getLongValue() : (Number) from.getDoubleValue());
    }

    @Override
    void binary(InputStream in, long bytes) throws IOException {
        Datatype type = input().datatype();
        if (bytes != elements() * type.bytes()) {
            throw not(elements() * type.bytes() + " bytes of binary data");
        }
        byte[] read = in.readNBytes((int) bytes);
        if (read.length < bytes) {
            throw not("more bytes than came");
        }
        ByteBuffer data = LittleEnd.of(read);
        while (data.hasRemaining()) {
            count();
            figures.add(
                    switch (type) {
                        case INT32 -> (Number) (long) data.getInt();
                        case INT64 -> (Number) data.getLong();
                        case FP32 -> (Number) (double) data.getFloat();
                        case BYTES, UINT8, INT16 -> throw not("numbers");
                    });
        }
    }
}
