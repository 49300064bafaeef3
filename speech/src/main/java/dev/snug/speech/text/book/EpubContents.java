package dev.snug.speech.text.book;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/**
 * The table of contents of an EPUB, its two highest levels: the navigation document of EPUB 3 or
 * the NCX of EPUB 2.
 *
 * <p>Source: W3C, EPUB 3.3, section 7; ANSI/NISO Z39.86-2005, section 8.
 */
final class EpubContents {
    /** Parts and chapters; what is below are sections. */
    private static final int LEVELS_MAX = 2;

    private final String entry;
    private final Map<String, Map<String, String>> titles = new HashMap<>();
    private final StringBuilder words = new StringBuilder();
    private String href = "";
    private String label = "";
    private boolean isToc;
    private int level;

    private EpubContents(String entry) {
        this.entry = entry;
    }

    /**
     * Titles by entry, then by the identifier that they lead to in it, empty for its beginning.
     *
     * @param entry its name, for what its links lead to
     */
    static Map<String, Map<String, String>> read(byte[] document, String entry, String file) {
        EpubContents contents = new EpubContents(entry);
        Xml.read(document, entry + " of " + file, contents::event);
        return contents.titles;
    }

    private void event(int kind, XMLStreamReader reader) {
        switch (kind) {
            case XMLStreamConstants.START_ELEMENT -> begin(reader);
            case XMLStreamConstants.CHARACTERS -> {
                if (words.length() < Book.TITLE_CHARS_MAX) {
                    words.append(reader.getText());
                }
            }
            case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
            default -> {}
        }
    }

    private void begin(XMLStreamReader reader) {
        switch (reader.getLocalName()) {
            case "nav" -> isToc = Xml.hasWord(reader, "type", "toc");
            case "ol", "navPoint" -> level++;
            case "a" -> {
                href = Xml.attribute(reader, "href");
                words.setLength(0);
            }
            case "text" -> words.setLength(0);
            // Of a point in an NCX the label comes first, then where it leads.
            case "content" -> keep(Xml.attribute(reader, "src"), label);
            default -> {}
        }
    }

    private void end(String name) {
        switch (name) {
            case "nav" -> isToc = false;
            case "ol", "navPoint" -> level--;
            case "a" -> {
                if (isToc) {
                    keep(href, words.toString());
                }
            }
            case "text" -> label = words.toString();
            default -> {}
        }
    }

    private void keep(String link, String title) {
        String line = title.strip().replaceAll("\\s+", " ");
        if (level < 1 || level > LEVELS_MAX || link.isEmpty() || line.isEmpty()) {
            return;
        }
        int fragment = link.indexOf('#');
        titles.computeIfAbsent(EpubPackage.resolved(entry, link), _ -> new LinkedHashMap<>())
                .putIfAbsent(fragment < 0 ? "" : link.substring(fragment + 1), line);
    }
}
