package dev.snug.speech.text.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The kinds of book files, told apart by how their names end. */
public enum BookFile {
    /** UTF-8, and any ending that is none of the others. */
    PLAIN,
    /** Markdown as CommonMark 0.31 has it, with tables of GitHub. */
    MARKDOWN,
    /** EPUB 2 or 3 without encryption. */
    EPUB;

    /** The kind of {@code file}. */
    public static BookFile of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".epub")) {
            return EPUB;
        }
        return name.endsWith(".md") || name.endsWith(".markdown") ? MARKDOWN : PLAIN;
    }

    /**
     * The book in {@code file}: its chapters, whose text is read when it is asked for.
     *
     * @throws BookException when it is none, too large, or has nothing to read aloud
     */
    public static Book read(Path file) {
        return of(file).open(file);
    }

    /**
     * The same where the kind of {@code file} is known, whatever it is called.
     *
     * @throws BookException as {@link #read}
     */
    public Book open(Path file) {
        if (!Files.exists(file)) {
            throw new BookException(file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw new BookException(file + ": is a folder");
        }
        try {
            return switch (this) {
                case PLAIN -> SlicedFile.read(file, new PlainOutline());
                case MARKDOWN -> SlicedFile.read(file, new MarkdownOutline());
                case EPUB -> EpubBook.read(file);
            };
        } catch (IOException e) {
            throw new BookException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
