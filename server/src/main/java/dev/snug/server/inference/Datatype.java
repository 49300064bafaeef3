package dev.snug.server.inference;

import dev.snug.runtime.json.Json;

/** The types of tensor elements that models of Snug take and give, as the protocol names them. */
enum Datatype {
    UINT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FP32(4),
    /** Bytes of any number; their length, 4 bytes, little end first, stands before them. */
    BYTES(0);

    private final int bytes;

    Datatype(int bytes) {
        this.bytes = bytes;
    }

    /** Of one element as binary data; 0 where each has its own number. */
    int bytes() {
        return bytes;
    }

    /** Whether its elements are whole numbers. */
    boolean isWhole() {
        return this != FP32 && this != BYTES;
    }

    /**
     * The type of this name.
     *
     * @throws dev.snug.server.http.HttpException 400 when no model takes it
     */
    static Datatype of(String name) {
        for (Datatype type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw Refused.bad("no model here takes elements of " + Json.quoted(name));
    }
}
