package dev.snug.server.inference;

import dev.snug.runtime.json.Json;

import tools.jackson.core.JsonParser;

import java.io.IOException;
import java.io.InputStream;

/** Takes the data of one input as it comes, element by element. For one thread. */
abstract class Intake {
    private final RequestHead.Input input;
    private final long elements;
    private long taken;

    Intake(RequestHead.Input input) {
        this.input = input;
        this.elements = input.elements();
    }

    RequestHead.Input input() {
        return input;
    }

    /** Elements by the shape. */
    final long elements() {
        return elements;
    }

    /** An element is there. */
    final void count() {
        if (++taken > elements) {
            throw other("more");
        }
    }

    /** Checks that as many elements came as the shape says. */
    final void requireWhole() {
        if (taken < elements) {
            throw other("fewer");
        }
    }

    private RuntimeException other(String what) {
        return Refused.bad(
                "input %s has %s elements than the %d of its shape"
                        .formatted(Json.quoted(input.name()), what, elements));
    }

    /** What the input should be instead. */
    final RuntimeException not(String expected) {
        return Refused.bad("input %s is of %s".formatted(Json.quoted(input.name()), expected));
    }

    /** Takes the string or number that {@code from} is at. */
    abstract void json(JsonParser from) throws IOException;

    /** Takes all of them out of the next {@code bytes} of {@code in}. */
    abstract void binary(InputStream in, long bytes) throws IOException;

    /** Where elements of {@link Datatype#BYTES} go. */
    @FunctionalInterface
    interface Element {
        /** Takes the next {@code length} bytes of {@code in}. */
        void take(InputStream in, long length) throws IOException;
    }

    /** Elements of {@link Datatype#BYTES}, each behind its length. */
    final void each(InputStream in, long bytes, Element element) throws IOException {
        long left = bytes;
        while (left > 0) {
            if (left < Integer.BYTES) {
                throw not("elements with 4 bytes of length before each");
            }
            byte[] size = in.readNBytes(Integer.BYTES);
            if (size.length < Integer.BYTES) {
                throw not("more bytes than came");
            }
            long length = Integer.toUnsignedLong(LittleEnd.whole(size));
            left -= Integer.BYTES + length;
            if (left < 0) {
                throw not("elements with 4 bytes of length before each");
            }
            count();
            element.take(in, length);
        }
    }
}
