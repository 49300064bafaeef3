package dev.snug.cli.compare;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** HTML on its way out: what comes from outside is escaped, files go in as data. */
final class Html {
    private final OutputStream out;

    /** Writes to {@code out}, which stays open. */
    Html(OutputStream out) {
        this.out = out;
    }

    /** Something that writes bytes. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Markup of our own. */
    Html raw(String markup) throws IOException {
        out.write(markup.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Any text, between tags or in a quoted attribute. */
    Html text(String text) throws IOException {
        return raw(escaped(text));
    }

    /** {@code text} as an element of its own: tag and attributes without brackets. */
    Html element(String tag, String text) throws IOException {
        int blank = tag.indexOf(' ');
        String name = blank < 0 ? tag : tag.substring(0, blank);
        return raw("<" + tag + ">").text(text).raw("</" + name + ">");
    }

    /** A {@code data:} address (RFC 2397) of a file. */
    Html data(String type, Path file) throws IOException {
        return data(type, to -> Files.copy(file, to));
    }

    /** A {@code data:} address of what {@code content} writes. */
    Html data(String type, Content content) throws IOException {
        raw("data:" + type + ";base64,");
        try (OutputStream encoded = Base64.getEncoder().wrap(new Open())) {
            content.writeTo(encoded);
        }
        return this;
    }

    /** The text with what HTML gives a meaning to written out; control characters become ?. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(Character.isISOControl(c) ? '?' : c);
            }
        }
        return escaped.toString();
    }

    /** The stream behind, which the end of one picture does not close. */
    private final class Open extends OutputStream {
        @Override
        public void write(int oneByte) throws IOException {
            out.write(oneByte);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }
    }
}
