package dev.snug.speech.text.book;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/**
 * What an EPUB says of itself: title, author, language, and the documents in the order of reading.
 *
 * <p>Source: W3C, EPUB 3.3, sections 4.2.6.3.1 (container.xml) and 5 (package document); IDPF, Open
 * Packaging Format 2.0.1.
 *
 * @param documents names of entries in the order of reading, at least one
 * @param contents name of the entry with the table of contents; empty where there is none
 */
record EpubPackage(
        String title, String author, String language, List<String> documents, String contents) {
    private static final int DOCUMENT_BYTES_MAX = 4 << 20;
    private static final int ITEMS_MAX = 20_000;
    private static final String CONTAINER = "META-INF/container.xml";
    private static final String ENCRYPTION = "META-INF/encryption.xml";

    /** Fonts are often hidden by these two, and fonts are not read aloud. */
    private static final List<String> FONT_METHODS =
            List.of("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC");

    private record Item(String href, String mediaType, boolean isContents) {
        boolean isDocument() {
            return mediaType.equals("application/xhtml+xml") || mediaType.equals("text/html");
        }
    }

    /** Reads the package document of {@code zip}. */
    static EpubPackage of(BoundedZip zip, String file) throws IOException {
        requireOpen(zip, file);
        String[] path = {""};
        Xml.read(
                zip.read(CONTAINER, DOCUMENT_BYTES_MAX),
                CONTAINER + " of " + file,
                (kind, reader) -> {
                    if (isStart(kind, reader, "rootfile") && path[0].isEmpty()) {
                        path[0] = Xml.attribute(reader, "full-path");
                    }
                });
        if (path[0].isEmpty()) {
            throw new BookException(file + " names no package document; it is no EPUB");
        }
        PackageReading reading = new PackageReading(path[0]);
        Xml.read(zip.read(path[0], DOCUMENT_BYTES_MAX), path[0] + " of " + file, reading::event);
        return reading.made(file);
    }

    private static void requireOpen(BoundedZip zip, String file) throws IOException {
        if (!zip.has(ENCRYPTION)) {
            return;
        }
        Xml.read(
                zip.read(ENCRYPTION, DOCUMENT_BYTES_MAX),
                ENCRYPTION + " of " + file,
                (kind, reader) -> {
                    if (isStart(kind, reader, "EncryptionMethod")
                            && !FONT_METHODS.contains(Xml.attribute(reader, "Algorithm"))) {
                        throw new BookException(
                                file + " is encrypted (DRM); only books without it can be read");
                    }
                });
    }

    static boolean isStart(int kind, XMLStreamReader reader, String name) {
        return kind == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals(name);
    }

    /** The entry that {@code href}, without its fragment, leads to from the entry {@code base}. */
    static String resolved(String base, String href) {
        int fragment = href.indexOf('#');
        String path = fragment < 0 ? href : href.substring(0, fragment);
        if (path.isEmpty()) {
            return base;
        }
        Deque<String> folders = new ArrayDeque<>();
        int slash = base.lastIndexOf('/');
        String folder = slash < 0 ? "" : base.substring(0, slash);
        for (String part : (folder + "/" + decoded(path)).split("/", -1)) {
            if (part.equals("..")) {
                folders.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                folders.addLast(part);
            }
        }
        return String.join("/", folders);
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // No percent code after all.
            return path;
        }
    }

    /** The package document while it is read. */
    private static final class PackageReading {
        private final String path;
        private final Map<String, Item> items = new HashMap<>();
        private final List<String> spine = new ArrayList<>();
        private final List<String> titles = new ArrayList<>();
        private final List<String> authors = new ArrayList<>();
        private final List<String> languages = new ArrayList<>();
        private String contents = "";
        private String words = "";

        PackageReading(String path) {
            this.path = path;
        }

        void event(int kind, XMLStreamReader reader) {
            if (kind == XMLStreamConstants.START_ELEMENT) {
                words = "";
                begin(reader);
            } else if (kind == XMLStreamConstants.CHARACTERS
                    && words.length() < Book.TITLE_CHARS_MAX) {
                words += reader.getText();
            } else if (kind == XMLStreamConstants.END_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "title" -> titles.add(words);
                    case "creator" -> authors.add(words.strip());
                    case "language" -> languages.add(words.strip());
                    default -> {}
                }
                words = "";
            }
        }

        private void begin(XMLStreamReader reader) {
            switch (reader.getLocalName()) {
                case "item" -> {
                    String id = Xml.attribute(reader, "id");
                    boolean isContents = Xml.hasWord(reader, "properties", "nav");
                    String mediaType = Xml.attribute(reader, "media-type");
                    String href = resolved(path, Xml.attribute(reader, "href"));
                    items.put(id, new Item(href, mediaType, isContents));
                    contents = isContents ? href : contents;
                }
                case "spine" -> {
                    Item contentsOf2 = items.get(Xml.attribute(reader, "toc"));
                    if (contents.isEmpty() && contentsOf2 != null) {
                        contents = contentsOf2.href();
                    }
                }
                case "itemref" -> {
                    if (!Xml.attribute(reader, "linear").equals("no")) {
                        spine.add(Xml.attribute(reader, "idref"));
                    }
                }
                default -> {}
            }
            if (items.size() > ITEMS_MAX || spine.size() > ITEMS_MAX) {
                throw new BookException(path + " lists more than " + ITEMS_MAX + " items");
            }
        }

        EpubPackage made(String file) {
            List<String> documents =
                    spine.stream()
                            .map(items::get)
                            .filter(item -> item != null && item.isDocument() && !item.isContents())
                            .map(item -> item == null ? "" : item.href())
                            .toList();
            if (documents.isEmpty()) {
                throw new BookException(file + " lists no document to read");
            }
            return new EpubPackage(
                    titles.isEmpty() ? "" : titles.getFirst(),
                    String.join(", ", authors),
                    languages.isEmpty() ? "" : languages.getFirst(),
                    documents,
                    contents);
        }
    }
}
