package dev.snug.speech.book;

import dev.snug.speech.text.Passage;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.book.Book;

import java.util.ArrayList;
import java.util.List;

/** The parts of a book in one row. */
public final class BookParts {
    private final Book book;
    private final List<Book.Part> parts = new ArrayList<>();
    private final int[] firstOfChapter;

    public BookParts(Book book) {
        this.book = book;
        this.firstOfChapter = new int[book.chapters().size() + 1];
        for (int chapter = 0; chapter < book.chapters().size(); chapter++) {
            firstOfChapter[chapter] = parts.size();
            parts.addAll(book.chapters().get(chapter).parts());
        }
        firstOfChapter[book.chapters().size()] = parts.size();
    }

    public Book book() {
        return book;
    }

    public int count() {
        return parts.size();
    }

    /** The number of the first part of {@code chapter}, from 0; of the last chapter's next too. */
    public int firstOf(int chapter) {
        return firstOfChapter[chapter];
    }

    /** The chapter that {@code part} belongs to. */
    public int chapterOf(int part) {
        int chapter = 0;
        while (firstOfChapter[chapter + 1] <= part) {
            chapter++;
        }
        return chapter;
    }

    /**
     * The text of {@code part}, read now.
     *
     * @throws TextException when it is none that can be spoken; says in which chapter
     */
    public Passage passage(int part) {
        try {
            return Passage.composed(parts.get(part).text());
        } catch (TextException e) {
            throw in(part, e);
        }
    }

    /** {@code wrong}, and where in the book it is. */
    TextException in(int part, TextException wrong) {
        if (book.isSinglePart()) {
            return wrong;
        }
        int chapter = chapterOf(part);
        return new TextException(
                "chapter %d '%s': %s"
                        .formatted(
                                chapter + 1,
                                book.chapters().get(chapter).title(),
                                wrong.getMessage()));
    }
}
