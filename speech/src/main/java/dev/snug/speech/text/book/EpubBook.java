package dev.snug.speech.text.book;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An EPUB as a book. A chapter begins where the table of contents leads to; documents that it does
 * not name go with the chapter before. Without a table each document is a chapter.
 */
final class EpubBook {
    /** Bytes of one document; a whole novel in one is some 2 MB. */
    static final int DOCUMENT_BYTES_MAX = 8 << 20;

    /** Chars of a part: some 45 minutes of speech. */
    private static final int PART_CHARS = 48 << 10;

    private final Path file;
    private final Map<String, Map<String, String>> titles;
    private final List<Book.Chapter> chapters = new ArrayList<>();
    private final List<Book.Part> parts = new ArrayList<>();
    private String title = "";
    private int count;

    private EpubBook(Path file, Map<String, Map<String, String>> titles) {
        this.file = file;
        this.titles = titles;
    }

    /** The book in {@code file}. */
    static Book read(Path file) throws IOException {
        try (BoundedZip zip = BoundedZip.open(file)) {
            EpubPackage told = EpubPackage.of(zip, file.toString());
            Map<String, Map<String, String>> titles =
                    zip.has(told.contents())
                            ? EpubContents.read(
                                    zip.read(told.contents(), DOCUMENT_BYTES_MAX),
                                    told.contents(),
                                    file.toString())
                            : Map.of();
            EpubBook book = new EpubBook(file, titles);
            for (String document : told.documents()) {
                book.add(zip, document);
            }
            book.endChapter();
            if (book.chapters.isEmpty()) {
                throw new BookException(
                        file + " has nothing to read aloud; are its pages pictures?");
            }
            return new Book(told.title(), told.author(), told.language(), book.chapters);
        }
    }

    private void add(BoundedZip zip, String document) throws IOException {
        Map<String, String> here = titles.getOrDefault(document, Map.of());
        List<XhtmlText.Segment> segments = segments(zip, document, here.keySet());
        boolean isFound = segments.stream().anyMatch(segment -> here.containsKey(segment.anchor()));
        for (int i = 0; i < segments.size(); i++) {
            XhtmlText.Segment segment = segments.get(i);
            String named = here.get(segment.anchor());
            if (named == null && i == 0 && !isFound && !here.isEmpty()) {
                // A link to a place that is not there leads to the document.
                named = here.values().iterator().next();
            }
            if (named != null || titles.isEmpty() || count == 0) {
                endChapter();
                title = named == null ? segment.heading() : named;
            }
            addParts(document, here.keySet(), i, segment.text());
        }
    }

    private List<XhtmlText.Segment> segments(BoundedZip zip, String document, Set<String> anchors)
            throws IOException {
        byte[] bytes = zip.read(document, DOCUMENT_BYTES_MAX);
        return XhtmlText.read(bytes, document + " of " + file, anchors);
    }

    private void addParts(String document, Set<String> anchors, int segment, String text) {
        List<String> pieces = Paragraphs.pieces(text, PART_CHARS);
        for (int i = 0; i < pieces.size(); i++) {
            int piece = i;
            if (Book.isSpeakable(pieces.get(i))) {
                parts.add(() -> text(document, anchors, segment, piece));
                count++;
            }
        }
        if (count > Book.PARTS_MAX) {
            throw new BookException(file + " has more than " + Book.PARTS_MAX + " parts");
        }
    }

    private String text(String document, Set<String> anchors, int segment, int piece) {
        try (BoundedZip zip = BoundedZip.open(file)) {
            String text = segments(zip, document, anchors).get(segment).text();
            return Paragraphs.pieces(text, PART_CHARS).get(piece);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new BookException(file + " changed while it was read: " + e.getMessage(), e);
        }
    }

    private void endChapter() {
        if (!parts.isEmpty()) {
            chapters.add(new Book.Chapter(title, parts));
            parts.clear();
        }
    }
}
