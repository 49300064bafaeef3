package dev.snug.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Percent-encoding (RFC 3986, 2.1) and fields joined by it (URL Standard, 5), in strict UTF-8. */
final class Percent {
    /** Most fields of a form or a query. */
    static final int FIELDS_MOST = 64;

    private Percent() {}

    /**
     * The text that {@code raw} stands for.
     *
     * @param raw one character for each byte
     * @param form whether a plus sign is a space
     * @throws HttpException 400 for a broken escape, or bytes that are not UTF-8
     */
    static String decode(String raw, boolean form) {
        byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '%') {
                if (i + 2 >= bytes.length
                        || !HexFormat.isHexDigit(bytes[i + 1])
                        || !HexFormat.isHexDigit(bytes[i + 2])) {
                    throw bad("a percent sign is followed by two hexadecimal digits");
                }
                int high = HexFormat.fromHexDigit(bytes[i + 1]);
                b = (byte) (high << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else if (b == '+' && form) {
                b = ' ';
            }
            bytes[length++] = b;
        }
        return utf8(bytes, length);
    }

    /**
     * Bytes as text.
     *
     * @throws HttpException 400 when they are not UTF-8
     */
    static String utf8(byte[] bytes, int length) {
        try {
            ByteBuffer some = ByteBuffer.wrap(bytes, 0, length);
            return StandardCharsets.UTF_8.newDecoder().decode(some).toString();
        } catch (CharacterCodingException e) {
            throw bad("text is UTF-8");
        }
    }

    /**
     * The fields of {@code name=value&…}, in their order.
     *
     * @param first whether the first of equal names counts; else the last
     * @throws HttpException 400 as {@link #decode}, and for more than {@link #FIELDS_MOST}
     */
    static Map<String, String> fields(String raw, boolean first) {
        Map<String, String> fields = new LinkedHashMap<>();
        int count = 0;
        for (int start = 0; start < raw.length(); ) {
            int end = raw.indexOf('&', start);
            end = end < 0 ? raw.length() : end;
            if (end > start) {
                count++;
                if (count > FIELDS_MOST) {
                    throw bad("there are at most " + FIELDS_MOST + " fields");
                }
                int equals = raw.indexOf('=', start);
                int nameEnd = equals < 0 || equals > end ? end : equals;
                String name = decode(raw.substring(start, nameEnd), true);
                String value = decode(raw.substring(Math.min(nameEnd + 1, end), end), true);
                if (!first || !fields.containsKey(name)) {
                    fields.put(name, value);
                }
            }
            start = end + 1;
        }
        return fields;
    }

    private static HttpException bad(String rule) {
        return HttpException.of(400, "bad_encoding", "The request is encoded wrongly: " + rule);
    }
}
