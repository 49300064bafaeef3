package dev.snug.speech.text.book;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/**
 * What a reader says of an XHTML document: each block a line, a blank line behind paragraphs and
 * headings, cells of a table with commas between. Left out are head, scripts, styles, navigation,
 * pictures, page numbers, readings beside characters (ruby), marks of footnotes, and footnotes.
 */
final class XhtmlText {
    private static final Set<String> SILENT =
            Set.of(
                    "head",
                    "script",
                    "style",
                    "nav",
                    "svg",
                    "math",
                    "template",
                    "rt",
                    "rp",
                    "audio",
                    "video",
                    "object",
                    "iframe");
    private static final Set<String> PARAGRAPHS =
            Set.of(
                    "p",
                    "div",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "blockquote",
                    "section",
                    "article",
                    "aside",
                    "ul",
                    "ol",
                    "dl",
                    "table",
                    "pre",
                    "figure",
                    "body",
                    "hr",
                    "header",
                    "footer",
                    "main");
    private static final Set<String> LINES =
            Set.of("br", "li", "tr", "dt", "dd", "caption", "figcaption");
    private static final Set<String> SILENT_TYPES =
            Set.of(
                    "noteref",
                    "footnote",
                    "footnotes",
                    "rearnote",
                    "rearnotes",
                    "endnote",
                    "endnotes",
                    "pagebreak",
                    "toc",
                    "landmarks",
                    "page-list");
    private static final Set<String> SILENT_ROLES =
            Set.of(
                    "doc-noteref",
                    "doc-footnote",
                    "doc-endnote",
                    "doc-endnotes",
                    "doc-pagebreak",
                    "doc-toc");
    private static final String HEADINGS = "h1 h2 h3 h4 h5 h6";

    /** Characters of an entity's name; the longest of HTML has 31. */
    private static final int NAME_CHARS_MAX = 32;

    /**
     * A stretch of a document.
     *
     * @param anchor the identifier that it begins with; empty at the beginning
     * @param heading its first heading, or empty
     */
    record Segment(String anchor, String heading, String text) {}

    private final Set<String> anchors;
    private final List<Segment> segments = new ArrayList<>();
    private final Map<String, String> entities = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private String anchor = "";
    private String heading = "";
    private int headingFrom = -1;
    private int depth;
    private int silentDepth;
    private int linkDepth;
    private int raisedDepth;
    private int raisedFrom;
    private boolean isNote;

    private XhtmlText(Set<String> anchors) {
        this.anchors = anchors;
    }

    /**
     * The text of {@code document}, cut where one of {@code anchors} stands.
     *
     * @param where entry and file, for messages
     * @throws BookException when it is not well-formed
     */
    static List<Segment> read(byte[] document, String where, Set<String> anchors) {
        XhtmlText reading = new XhtmlText(anchors);
        Xml.read(document, where, reading::event);
        reading.endSegment("");
        return reading.segments;
    }

    private void event(int kind, XMLStreamReader reader) {
        switch (kind) {
            case XMLStreamConstants.START_ELEMENT -> begin(reader);
            case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
            case XMLStreamConstants.CHARACTERS,
                    XMLStreamConstants.CDATA,
                    XMLStreamConstants.SPACE ->
                    words(reader.getText());
            case XMLStreamConstants.ENTITY_REFERENCE ->
                    words(entities.computeIfAbsent(reader.getLocalName(), XhtmlText::entity));
            default -> {}
        }
    }

    /**
     * The character of a named entity of HTML, as the Markdown library knows it; nothing for a name
     * that the document made up.
     */
    private static String entity(String name) {
        String written = "&" + name + ";";
        String read = name.length() > NAME_CHARS_MAX ? written : MarkdownText.of(written).strip();
        return read.equals(written) ? "" : read;
    }

    private void begin(XMLStreamReader reader) {
        depth++;
        String id = Xml.attribute(reader, "id");
        if (!id.isEmpty() && anchors.contains(id)) {
            endSegment(id);
        }
        if (silentDepth > 0) {
            return;
        }
        String name = reader.getLocalName();
        if (SILENT.contains(name) || isSilent(reader)) {
            silentDepth = depth;
            return;
        }
        block(name);
        if (HEADINGS.contains(name) && name.length() == 2) {
            headingFrom = text.length();
        }
        if (name.equals("a") && linkDepth == 0 && !Xml.attribute(reader, "href").isEmpty()) {
            linkDepth = depth;
            isNote |= raisedDepth > 0;
        }
        if (name.equals("sup") && raisedDepth == 0) {
            raisedDepth = depth;
            raisedFrom = text.length();
            isNote = linkDepth > 0;
        }
    }

    private static boolean isSilent(XMLStreamReader reader) {
        return SILENT_TYPES.stream().anyMatch(type -> Xml.hasWord(reader, "type", type))
                || SILENT_ROLES.contains(Xml.attribute(reader, "role"))
                || reader.getAttributeValue(null, "hidden") != null;
    }

    private void end(String name) {
        if (silentDepth == depth) {
            silentDepth = 0;
        } else if (silentDepth == 0) {
            if (raisedDepth == depth) {
                // A raised link is the mark of a note; a raised 2 is a square.
                text.setLength(isNote ? Math.min(raisedFrom, text.length()) : text.length());
                raisedDepth = 0;
            }
            if (linkDepth == depth) {
                linkDepth = 0;
            }
            if (headingFrom >= 0 && HEADINGS.contains(name) && name.length() == 2) {
                String words = text.substring(Math.min(headingFrom, text.length())).strip();
                heading = heading.isEmpty() ? words : heading;
                headingFrom = -1;
            }
            if (name.equals("td") || name.equals("th")) {
                text.append(", ");
            } else {
                block(name);
            }
        }
        depth--;
    }

    private void block(String name) {
        if (PARAGRAPHS.contains(name)) {
            endLines(2);
        } else if (LINES.contains(name)) {
            endLines(1);
        }
    }

    private void words(String written) {
        if (silentDepth > 0) {
            return;
        }
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\u00ad') {
                // A soft hyphen is heard nowhere.
                continue;
            }
            if (!Character.isWhitespace(c) && c != '\u00a0') {
                text.append(c);
            } else if (!text.isEmpty() && !Character.isWhitespace(text.charAt(text.length() - 1))) {
                text.append(' ');
            }
        }
    }

    /** Has the text end with so many line ends, unless it is empty. */
    private void endLines(int count) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        int ends = 0;
        while (ends < end && text.charAt(end - 1 - ends) == '\n') {
            ends++;
        }
        for (; end > 0 && ends < count; ends++) {
            text.append('\n');
        }
    }

    private void endSegment(String next) {
        if (Book.isSpeakable(text.toString())) {
            segments.add(new Segment(anchor, heading, text.toString().strip()));
        }
        text.setLength(0);
        heading = "";
        headingFrom = -1;
        raisedFrom = 0;
        anchor = next;
    }
}
