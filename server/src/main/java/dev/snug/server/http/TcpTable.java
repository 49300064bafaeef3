package dev.snug.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/**
 * The text of {@code /proc/net/tcp} and {@code tcp6}: a line for each connection, {@code number:
 * local remote state …}, an end being an address as 32-bit words of the machine's byte order and a
 * port, in hexadecimal digits (proc(5), and net/ipv4/tcp_ipv4.c of Linux).
 */
final class TcpTable {
    /** The client closed its side. */
    static final int CLOSE_WAIT = 8;

    /** There is no such line. */
    static final int MISSING = -1;

    private static final int LINE_BYTES = 256;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private TcpTable() {}

    /**
     * One end as the table writes it.
     *
     * @param wide as in {@code tcp6}, where an IPv4 address is written as ::ffff:a.b.c.d
     */
    static String end(InetAddress address, int port, boolean wide, ByteOrder order) {
        byte[] bytes = address.getAddress();
        StringBuilder text = new StringBuilder(37);
        if (wide && bytes.length == 4) {
            byte[] mapped = new byte[16];
            mapped[10] = (byte) 0xFF;
            mapped[11] = (byte) 0xFF;
            System.arraycopy(bytes, 0, mapped, 12, 4);
            bytes = mapped;
        }
        boolean swapped = order == ByteOrder.LITTLE_ENDIAN;
        for (int i = 0; i < bytes.length; i++) {
            HEX.toHexDigits(text, bytes[swapped ? i ^ 3 : i]);
        }
        return text.append(':').append(HEX.toHexDigits((short) port)).toString();
    }

    /**
     * Sets the state of every connection that {@code states} has, by {@code "local remote"}.
     *
     * @return whether the table was read to its end
     */
    static boolean read(InputStream table, Map<String, Integer> states, int bytesMost)
            throws IOException {
        byte[] buffer = new byte[8192];
        byte[] line = new byte[LINE_BYTES];
        int length = 0;
        int total = 0;
        for (int n = table.read(buffer); n >= 0; n = table.read(buffer)) {
            total += n;
            if (total > bytesMost) {
                return false;
            }
            for (int i = 0; i < n; i++) {
                if (buffer[i] == '\n') {
                    note(line, length, states);
                    length = 0;
                } else if (length < LINE_BYTES) {
                    line[length++] = buffer[i];
                }
            }
        }
        return true;
    }

    private static void note(byte[] line, int length, Map<String, Integer> states) {
        int start = after(line, length, 0, ':') + 1;
        int middle = after(line, length, start, ' ');
        int end = after(line, length, middle, ' ');
        // The heading has words where the state stands, which are no digits.
        if (end + 2 > length
                || !HexFormat.isHexDigit(line[end])
                || !HexFormat.isHexDigit(line[end + 1])) {
            return;
        }
        String key = new String(line, start, end - 1 - start, StandardCharsets.ISO_8859_1);
        if (states.containsKey(key)) {
            int high = HexFormat.fromHexDigit(line[end]);
            states.put(key, high << 4 | HexFormat.fromHexDigit(line[end + 1]));
        }
    }

    /** The place after the next {@code mark}, or {@code length}. */
    private static int after(byte[] line, int length, int from, char mark) {
        int i = from;
        while (i < length && line[i] != mark) {
            i++;
        }
        return Math.min(i + 1, length);
    }
}
