package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * The head of one part of a form (RFC 7578, 4.2). Pure.
 *
 * @param name of the field
 * @param fileName what a file is called by its sender; empty when nothing was chosen in a browser,
 *     null where the part is no file
 */
record PartHead(String name, @Nullable String fileName) {
    /** Whether it says that it is a file. */
    boolean file() {
        return fileName != null;
    }

    /** Whether the file has a name. */
    boolean named() {
        return fileName != null && !fileName.isEmpty();
    }

    /**
     * The head of these lines.
     *
     * @param lines separated by CR LF
     * @throws HttpException 400 when they are not the head of a form's part
     */
    static PartHead of(String lines) {
        String disposition = null;
        for (int start = 0; start < lines.length(); ) {
            int end = lines.indexOf("\r\n", start);
            end = end < 0 ? lines.length() : end;
            int colon = lines.indexOf(':', start);
            if (colon <= start || colon > end) {
                throw bad("a line of a part's head has no name");
            }
            String name = lines.substring(start, colon).toLowerCase(Locale.ROOT);
            String value = lines.substring(colon + 1, end).strip();
            if (name.equals("content-disposition")) {
                if (disposition != null) {
                    throw bad("a part has two Content-Dispositions");
                }
                disposition = value;
            } else if (name.equals("content-transfer-encoding") && !isPlain(value)) {
                throw bad("a part is encoded; forms are sent as they are (RFC 7578, 4.7)");
            }
            start = end + 2;
        }
        if (disposition == null || !disposition.toLowerCase(Locale.ROOT).startsWith("form-data")) {
            throw bad("a part has no Content-Disposition: form-data");
        }
        String name = parameter(disposition, "name");
        if (name == null) {
            throw bad("a part has no name");
        }
        return new PartHead(name, parameter(disposition, "filename"));
    }

    /**
     * A parameter of a header such as {@code form-data; name="x"}, or null; quotes and backslashes
     * are taken off (RFC 9110, 5.6.6).
     */
    static @Nullable String parameter(String header, String wanted) {
        int i = header.indexOf(';');
        while (i >= 0 && i < header.length()) {
            int start = i + 1;
            int equals = header.indexOf('=', start);
            if (equals < 0) {
                return null;
            }
            StringBuilder value = new StringBuilder();
            i = value(header, equals + 1, value);
            if (header.substring(start, equals).strip().equalsIgnoreCase(wanted)) {
                return value.toString();
            }
        }
        return null;
    }

    /** Appends the value that begins at {@code i}; the place of the semicolon that ends it. */
    private static int value(String header, int i, StringBuilder value) {
        if (i >= header.length() || header.charAt(i) != '"') {
            int end = header.indexOf(';', i);
            end = end < 0 ? header.length() : end;
            value.append(header.substring(i, end).strip());
            return end;
        }
        int at = i + 1;
        while (at < header.length() && header.charAt(at) != '"') {
            boolean escaped =
                    header.charAt(at) == '\\'
                            && at + 1 < header.length()
                            && (header.charAt(at + 1) == '"' || header.charAt(at + 1) == '\\');
            at += escaped ? 1 : 0;
            value.append(header.charAt(at));
            at++;
        }
        int end = header.indexOf(';', at);
        return end < 0 ? header.length() : end;
    }

    private static boolean isPlain(String encoding) {
        return encoding.equalsIgnoreCase("binary")
                || encoding.equalsIgnoreCase("8bit")
                || encoding.equalsIgnoreCase("7bit");
    }

    static HttpException bad(String what) {
        return HttpException.of(400, "bad_form", "The form is broken: " + what);
    }
}
