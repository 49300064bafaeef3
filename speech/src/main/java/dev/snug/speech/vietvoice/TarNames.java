package dev.snug.speech.vietvoice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What long-name and pax headers say of the member that follows them: its name and size. */
final class TarNames {
    /** Characters of a path; Linux's own bound. */
    private static final int NAME_CHARS_MAX = 4096;

    private final String where;
    private @Nullable String name;
    private long bytes = -1;

    TarNames(String where) {
        this.where = where;
    }

    /** The member's name: what a header said before, else {@code own}. */
    String name(String own) {
        return name == null ? own : name;
    }

    /** The member's size: what a header said before, else {@code own}. */
    long bytes(long own) {
        return bytes < 0 ? own : bytes;
    }

    /** Takes the content of a header of type {@code type}. */
    void add(char type, byte[] text) {
        switch (type) {
            case 'L' -> name = new String(text, UTF_8).replaceAll("\0+$", "");
            case 'x', 'g' -> pax(text, type == 'g');
            // The target of a link: the link itself is refused.
            default -> {}
        }
    }

    /** Records of the form "LENGTH KEY=VALUE\n", the length in bytes and of the whole record. */
    private void pax(byte[] text, boolean isGlobal) {
        int at = 0;
        while (at < text.length) {
            int space = at;
            while (space < text.length && text[space] >= '0' && text[space] <= '9') {
                space++;
            }
            int digits = space - at;
            if (digits < 1 || digits > 6 || space == text.length || text[space] != ' ') {
                throw wrong("has a damaged pax header");
            }
            int length = Integer.parseInt(new String(text, at, digits, UTF_8));
            if (length <= digits + 2
                    || length > text.length - at
                    || text[at + length - 1] != '\n') {
                throw wrong("has a damaged pax header");
            }
            record(new String(text, space + 1, length - digits - 2, UTF_8), isGlobal);
            at += length;
        }
    }

    private void record(String record, boolean isGlobal) {
        int equals = record.indexOf('=');
        if (equals < 1) {
            throw wrong("has a damaged pax header");
        }
        String key = record.substring(0, equals);
        String value = record.substring(equals + 1);
        boolean isNameOrSize = key.equals("path") || key.equals("size");
        if (key.startsWith("GNU.sparse") || (isGlobal && isNameOrSize)) {
            throw wrong("has the pax header " + Json.quoted(key) + ", which is not supported");
        }
        if (key.equals("path")) {
            name = value;
        } else if (key.equals("size")) {
            if (!value.matches("[0-9]{1,18}")) {
                throw wrong("has a pax header with the size " + Json.quoted(value));
            }
            bytes = Long.parseLong(value);
        }
    }

    /** {@code name} without "./", checked to stay inside a folder. */
    static String plain(String name, String where) {
        List<String> parts = new ArrayList<>();
        boolean isOutside =
                name.isEmpty()
                        || name.length() > NAME_CHARS_MAX
                        || name.startsWith("/")
                        || name.indexOf('\\') >= 0
                        || name.matches("(?s)[A-Za-z]:.*")
                        || name.chars().anyMatch(Character::isISOControl);
        for (String part : name.split("/", -1)) {
            isOutside |= part.equals("..");
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (isOutside) {
            throw new BundleException(
                    "%s holds the name %s, which leads out of a folder or is not plain"
                            .formatted(where, Json.quoted(name)));
        }
        return String.join("/", parts);
    }

    private BundleException wrong(String what) {
        return new BundleException(where + " " + what);
    }
}
