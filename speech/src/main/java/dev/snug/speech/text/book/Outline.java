package dev.snug.speech.text.book;

import java.util.List;

/** Finds the chapters of a text while its lines go by, first to last. */
interface Outline {
    /**
     * Where a chapter begins.
     *
     * @param from place of the first byte of its heading in the file
     */
    record Border(long from, String title) {}

    /** Takes the next line. */
    void see(LineScan.Line line);

    /** The beginnings of chapters, rising; after the last line. */
    List<Border> borders();

    /** The book's own title, or empty; after the last line. */
    String title();

    /**
     * What a reader says of a stretch of the file; after the last line.
     *
     * @param isFirst whether the file begins with it
     */
    String aloud(String written, boolean isFirst);
}
