package dev.snug.speech.vietvoice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes tar archives by hand, right ones and wrong ones. */
final class TarBuilder {
    private final List<byte[]> blocks = new ArrayList<>();

    /** A member as any program writes it. */
    TarBuilder file(String name, byte[] content) {
        return header(name, '0', content.length).content(content);
    }

    TarBuilder file(String name, String content) {
        return file(name, content.getBytes(UTF_8));
    }

    /** A header whose size need not be that of what follows. */
    TarBuilder header(String name, char type, long bytes) {
        byte[] block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000644");
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        size(block, bytes);
        put(block, 136, "00000000000");
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        checksum(block);
        blocks.add(block);
        return this;
    }

    /** What follows a header, to whole blocks. */
    TarBuilder content(byte[] content) {
        blocks.add(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
        return this;
    }

    /** A pax header with one record. */
    TarBuilder pax(String key, String value) {
        String record = " " + key + "=" + value + "\n";
        int rest = record.getBytes(UTF_8).length;
        int guess = rest + Integer.toString(rest).length();
        int length = rest + Integer.toString(guess).length();
        byte[] text = (length + record).getBytes(UTF_8);
        return header("PaxHeader", 'x', text.length).content(text);
    }

    /** GNU's header for a long name. */
    TarBuilder longName(String name) {
        byte[] text = (name + "\0").getBytes(UTF_8);
        return header("././@LongLink", 'L', text.length).content(text);
    }

    byte[] end() {
        blocks.add(new byte[1024]);
        return bytes();
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        blocks.forEach(out::writeBytes);
        return out.toByteArray();
    }

    static void checksum(byte[] block) {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
    }

    private static void size(byte[] block, long bytes) {
        if (bytes >= 0 && bytes < 1L << 33) {
            put(block, 124, "%011o".formatted(bytes));
        } else {
            // GNU's form for large numbers.
            for (int i = 0; i < 8; i++) {
                block[135 - i] = (byte) (bytes >> (8 * i));
            }
            block[124] = (byte) 0x80;
        }
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
