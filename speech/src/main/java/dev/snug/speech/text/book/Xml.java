package dev.snug.speech.text.book;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML from outside, event by event: no document type is obeyed and nothing else is loaded. */
final class Xml {
    private static final XMLInputFactory FACTORY = factory();

    private Xml() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((_, _, _, _) -> new ByteArrayInputStream(new byte[0]));
        return factory;
    }

    /** What is done with the events of a document. */
    @FunctionalInterface
    interface Reading {
        /** Takes the event that {@code reader} has come to. */
        void event(int kind, XMLStreamReader reader) throws XMLStreamException;
    }

    /**
     * Has {@code reading} see all of {@code document}.
     *
     * @param where entry and file, for the message
     * @throws BookException when it is not well-formed
     */
    static void read(byte[] document, String where, Reading reading) {
        try {
            XMLStreamReader reader =
                    FACTORY.createXMLStreamReader(new ByteArrayInputStream(document));
            while (reader.hasNext()) {
                reading.event(reader.next(), reader);
            }
            reader.close();
        } catch (XMLStreamException e) {
            throw new BookException(
                    "%s is not well-formed XML: %s"
                            .formatted(
                                    where, String.valueOf(e.getMessage()).replaceAll("\\s+", " ")),
                    e);
        }
    }

    /** An attribute by its local name, whatever its namespace; empty where it is missing. */
    static String attribute(XMLStreamReader reader, String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                @Nullable String value = reader.getAttributeValue(i);
                return value == null ? "" : value.strip();
            }
        }
        return "";
    }

    /** Whether one of the words of an attribute is {@code word}. */
    static boolean hasWord(XMLStreamReader reader, String attribute, String word) {
        return (" " + attribute(reader, attribute) + " ").contains(" " + word + " ");
    }
}
