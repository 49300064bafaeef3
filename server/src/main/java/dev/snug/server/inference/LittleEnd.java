package dev.snug.server.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as binary data has them: little end first. */
final class LittleEnd {
    private LittleEnd() {}

    static int whole(byte[] four) {
        return of(four).getInt();
    }

    static ByteBuffer of(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] bytes(int whole) {
        return of(new byte[Integer.BYTES]).putInt(whole).array();
    }
}
