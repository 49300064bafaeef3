package dev.snug.speech.sound.coding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Comments as Vorbis, FLAC and Opus hold them: RFC 9639, section 8.6; RFC 7845, section 5.2. */
final class CommentBlock {
    private static final byte[] VENDOR = "Snug".getBytes(StandardCharsets.UTF_8);

    private CommentBlock() {}

    /** The block's bytes: who wrote it, then each comment behind its length. */
    static byte[] packed(List<String> comments) {
        List<byte[]> texts =
                comments.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
        int length = 8 + VENDOR.length + texts.stream().mapToInt(each -> 4 + each.length).sum();
        ByteBuffer packed = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        packed.putInt(VENDOR.length).put(VENDOR).putInt(texts.size());
        for (byte[] text : texts) {
            packed.putInt(text.length).put(text);
        }
        return packed.array();
    }
}
