package dev.snug.cli;

import dev.snug.speech.text.Passage;
import dev.snug.speech.text.book.Book;
import dev.snug.speech.text.book.BookFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the text to speak comes from: the command line, a file, or standard input. */
final class TextSource {
    private static final String STANDARD_INPUT = "-";

    private TextSource() {}

    /**
     * The text, as a book of one part where it is no file.
     *
     * @param argument the text itself, or - for {@code in}
     * @param file UTF-8, Markdown or EPUB, by its ending
     * @throws UsageException when not exactly one is given, or the bytes are not UTF-8
     */
    static Book read(@Nullable String argument, @Nullable Path file, InputStream in)
            throws IOException {
        if (argument != null && file != null) {
            throw new UsageException("give a text or -f FILE, not both");
        }
        if (file != null) {
            return BookFile.read(file);
        }
        if (argument == null) {
            throw new UsageException(
                    "nothing to say: give a text, -f FILE, or - for standard input");
        }
        Passage passage =
                argument.equals(STANDARD_INPUT)
                        ? decoded(in, "standard input")
                        : Passage.composed(argument);
        return Book.of(passage.text());
    }

    private static Passage decoded(InputStream in, String where) throws IOException {
        byte[] bytes = in.readNBytes(Passage.BYTES_MAX + 1);
        if (bytes.length > Passage.BYTES_MAX) {
            throw new UsageException(
                    "%s holds more than %d bytes of text; give it in parts"
                            .formatted(where, Passage.BYTES_MAX));
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            // An editor's byte order mark is no part of the text.
            return Passage.composed(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw new UsageException(where + " is not UTF-8; save it as UTF-8 again");
        }
    }
}
