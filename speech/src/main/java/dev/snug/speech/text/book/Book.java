package dev.snug.speech.text.book;

import java.util.List;

/**
 * A text of at least one chapter. It knows where its parts are; their text is read each time that
 * it is asked for.
 *
 * @param title empty where none is known
 * @param author empty where none is known
 * @param language as BCP 47 has it, such as {@code vi}; empty where none is known
 */
public record Book(String title, String author, String language, List<Chapter> chapters) {
    /** Chapters of a book; the Bible has 1,189. */
    public static final int CHAPTERS_MAX = 10_000;

    /** Parts of a book; at 64 KiB each more than the largest file that is read. */
    public static final int PARTS_MAX = 20_000;

    /** Characters of a title; longer ones are cut. */
    public static final int TITLE_CHARS_MAX = 200;

    public Book {
        title = cut(title);
        author = cut(author);
        chapters = List.copyOf(chapters);
        if (chapters.isEmpty()) {
            throw new BookException("the book has nothing to read aloud");
        }
    }

    /** A piece of a chapter that is read at once. */
    @FunctionalInterface
    public interface Part {
        /**
         * Its text, with at least one letter or digit.
         *
         * @throws BookException when it cannot be read any more
         */
        String text();
    }

    /**
     * A chapter.
     *
     * @param title empty where it has none
     * @param parts in the order of reading, at least one
     */
    public record Chapter(String title, List<Part> parts) {
        public Chapter {
            title = cut(title);
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("a chapter without a part");
            }
        }
    }

    /** All of {@code text} as one part, and no title. */
    public static Book of(String text) {
        return new Book("", "", "", List.of(new Chapter("", List.of(() -> text))));
    }

    /** Whether it is one text and nothing more. */
    public boolean isSinglePart() {
        return chapters.size() == 1 && chapters.getFirst().parts().size() == 1;
    }

    /** On one line and not too long. */
    private static String cut(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        return line.length() <= TITLE_CHARS_MAX
                ? line
                : line.substring(0, TITLE_CHARS_MAX - 1) + "…";
    }

    /** Whether anything of {@code text} is read aloud. */
    static boolean isSpeakable(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
