package dev.snug.speech.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tokens of a model: 1 to {@link #LINES_MAX} lines of a vocab.txt, the id of each its line
 * number from 0. Line ends are LF, CRLF or CR, as Python reads them; an empty line takes an id.
 */
public final class Vocabulary {
    /** Bytes; the file of F5-TTS has 14 KB. */
    static final int BYTES_MAX = 1 << 20;

    /** Lines; F5-TTS has 2,545, and a table row of a token takes 2 KB. */
    public static final int LINES_MAX = 65_536;

    /** Characters of one line; the longest syllable of F5-TTS has seven. */
    static final int TOKEN_CHARACTERS_MAX = 64;

    private final Map<String, Integer> ids;
    private final int size;

    private Vocabulary(Map<String, Integer> ids, int size) {
        this.ids = ids;
        this.size = size;
    }

    /**
     * The vocabulary in {@code file}.
     *
     * @throws TextException when it is larger than 1 MiB or not a vocabulary
     */
    public static Vocabulary read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in.readNBytes(BYTES_MAX + 1), file.toString());
        }
    }

    /**
     * The vocabulary that {@code text} holds.
     *
     * @param where what the text is, for messages: a file name
     * @throws TextException when it is empty, over a limit, not UTF-8, or has a token twice
     */
    public static Vocabulary parse(byte[] text, String where) {
        if (text.length > BYTES_MAX) {
            throw new TextException(
                    "%s is larger than the %d bytes allowed for a vocabulary"
                            .formatted(where, BYTES_MAX));
        }
        List<String> lines = lines(decoded(text, where));
        if (lines.isEmpty()) {
            throw new TextException(where + " is empty; a vocabulary has one token a line");
        }
        if (lines.size() > LINES_MAX) {
            throw new TextException(
                    "%s has %d lines; at most %d are allowed"
                            .formatted(where, lines.size(), LINES_MAX));
        }
        Map<String, Integer> ids = new HashMap<>();
        for (int line = 0; line < lines.size(); line++) {
            add(ids, lines.get(line), line, where);
        }
        return new Vocabulary(Map.copyOf(ids), lines.size());
    }

    private static void add(Map<String, Integer> ids, String token, int line, String where) {
        if (token.length() > TOKEN_CHARACTERS_MAX) {
            throw new TextException(
                    "%s, line %d, has %d characters; a token has at most %d"
                            .formatted(where, line + 1, token.length(), TOKEN_CHARACTERS_MAX));
        }
        Integer earlier = token.isEmpty() ? null : ids.putIfAbsent(token, line);
        if (earlier != null) {
            throw new TextException(
                    "%s, line %d, has the token '%s' of line %d again; a token has one id"
                            .formatted(where, line + 1, token, earlier + 1));
        }
    }

    private static String decoded(byte[] text, String where) {
        try {
            String decoded =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
            if (decoded.indexOf('\0') >= 0) {
                throw new TextException(where + " has a NUL; a vocabulary is a text file");
            }
            // An editor's byte order mark is no part of the first token.
            return decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
        } catch (CharacterCodingException e) {
            throw new TextException(where + " is not UTF-8; a vocabulary is a UTF-8 text file", e);
        }
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\r\n|\r|\n", -1)));
        // The last line ends with a line end, or has none: it does not begin another.
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    /** Number of lines; ids are below it. */
    public int size() {
        return size;
    }

    /** The ids of {@code tokens}, 0 for one that is not there. */
    public Tokens tokens(List<String> tokens) {
        int[] found = new int[tokens.size()];
        int count = 0;
        Set<String> unknown = new LinkedHashSet<>();
        for (String token : tokens) {
            Integer id = ids.get(token);
            if (id == null) {
                unknown.add(token);
            }
            found[count++] = id == null ? 0 : id;
        }
        return new Tokens(found, List.copyOf(unknown));
    }

    /** The ids of the characters (code points) of {@code text}. */
    public Tokens characters(String text) {
        return tokens(text.codePoints().mapToObj(Character::toString).toList());
    }
}
