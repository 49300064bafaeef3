package dev.snug.vision.report;

import dev.snug.vision.picture.JpegWriter;
import dev.snug.vision.picture.Picture;

import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;

/**
 * One page of A4 in points of 1/72 inch, from the top left: text in one font, whose used glyphs go
 * into the file, boxes and pictures.
 *
 * <p>The only class that names PDFBox. Writes PDF 1.6 (ISO 32000-1); in memory, and no file beside
 * it: fonts of the machine are never looked for, which the library would note in the home folder.
 */
final class Sheet implements AutoCloseable {
    /** Points. */
    static final float WIDTH = 595.27563f;

    /** Points. */
    static final float HEIGHT = 841.8898f;

    /** Liberation Sans (SIL Open Font License 1.1), which PDFBox's jar holds. */
    private static final String FONT =
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    /** Stands for what the font cannot show. */
    private static final String MISSING = "?";

    private static final String ELLIPSIS = "…";

    private final PDDocument document = new PDDocument();
    private final PDPage page = new PDPage(PDRectangle.A4);
    private final PDType0Font font;
    private final CmapLookup glyphs;
    private final PDPageContentStream content;

    /** Levels of red, green and blue, 0 to 1. */
    record Ink(float red, float green, float blue) {
        static final Ink BLACK = new Ink(0.1f, 0.1f, 0.1f);
        static final Ink GREY = new Ink(0.38f, 0.38f, 0.38f);
        static final Ink RAIL = new Ink(0.9f, 0.91f, 0.92f);
        static final Ink BAR = new Ink(0.05f, 0.42f, 0.45f);
        static final Ink PAPER = new Ink(0.99f, 0.95f, 0.87f);
    }

    /**
     * An empty page.
     *
     * @param made of the document
     * @param language tag of its words
     * @param id equal for equal content: with it the file is the same byte by byte
     */
    Sheet(Instant made, String title, String language, String program, long id) throws IOException {
        document.setDocumentId(id);
        document.addPage(page);
        document.getDocumentCatalog().setLanguage(language);
        PDDocumentInformation about = document.getDocumentInformation();
        about.setTitle(title);
        about.setCreator(program);
        about.setCreationDate(
                GregorianCalendar.from(ZonedDateTime.ofInstant(made, ZoneOffset.UTC)));
        try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
            if (in == null) {
                throw new IllegalStateException("no " + FONT + " on the class path");
            }
            TrueTypeFont type = new TTFParser().parse(new RandomAccessReadBuffer(in));
            // Ligatures have no letters of their own: who searches for "fi" would not find them.
            type.setEnableGsub(false);
            glyphs = type.getUnicodeCmapLookup();
            font = PDType0Font.load(document, type, true);
        }
        content = new PDPageContentStream(document, page);
    }

    /**
     * {@code text} as this font can show it: composed letters, spaces for what has no shape, and a
     * question mark for what it lacks.
     */
    String shown(String text) {
        StringBuilder shown = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC)
                .codePoints()
                .forEach(
                        letter -> {
                            if (Character.isISOControl(letter)
                                    || Character.isWhitespace(letter)
                                    || Character.getType(letter) == Character.FORMAT) {
                                shown.append(' ');
                            } else if (glyphs.getGlyphId(letter) == 0) {
                                shown.append(MISSING);
                            } else {
                                shown.appendCodePoint(letter);
                            }
                        });
        return shown.toString();
    }

    /** Width of {@link #shown} text. */
    float width(String shown, float size) throws IOException {
        return font.getStringWidth(shown) * size / 1000;
    }

    /** What of {@code shown} fits {@code width}, with an ellipsis where that is not all. */
    String fitting(String shown, float size, float width) throws IOException {
        if (width(shown, size) <= width) {
            return shown;
        }
        float room = width - width(ELLIPSIS, size);
        int end = 0;
        float taken = 0;
        while (end < shown.length()) {
            int next = shown.offsetByCodePoints(end, 1);
            taken += width(shown.substring(end, next), size);
            if (taken > room) {
                break;
            }
            end = next;
        }
        return shown.substring(0, end).strip() + ELLIPSIS;
    }

    /** Lines that fit {@code width}; what is left after {@code most} of them is cut. */
    List<String> lines(String text, float size, float width, int most) throws IOException {
        List<String> lines = new ArrayList<>();
        String rest = shown(text).strip();
        while (!rest.isEmpty() && lines.size() < most - 1 && width(rest, size) > width) {
            int end = lastBreak(rest, size, width);
            lines.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            lines.add(fitting(rest, size, width));
        }
        return lines;
    }

    /** Where a line ends: behind its last space, or within a word that is longer than the line. */
    private int lastBreak(String text, float size, float width) throws IOException {
        int space = -1;
        float taken = 0;
        for (int at = 0; at < text.length(); ) {
            int next = text.offsetByCodePoints(at, 1);
            taken += width(text.substring(at, next), size);
            if (taken > width) {
                return space > 0 ? space : Math.max(at, 1);
            }
            if (text.charAt(at) == ' ') {
                space = next;
            }
            at = next;
        }
        return text.length();
    }

    /** Writes {@link #shown} text on a line. */
    void text(String shown, float x, float baseline, float size, Ink ink) throws IOException {
        content.beginText();
        content.setNonStrokingColor(ink.red, ink.green, ink.blue);
        content.setFont(font, size);
        content.newLineAtOffset(x, HEIGHT - baseline);
        content.showText(shown);
        content.endText();
    }

    /** Fills a box. */
    void box(float x, float y, float width, float height, Ink ink) throws IOException {
        content.setNonStrokingColor(ink.red, ink.green, ink.blue);
        content.addRect(x, HEIGHT - y - height, width, height);
        content.fill();
    }

    /** Draws a picture. */
    void picture(Picture picture, float x, float y, float width, float height) throws IOException {
        byte[] jpeg = JpegWriter.bytes(picture);
        PDImageXObject image =
                new PDImageXObject(
                        document,
                        new ByteArrayInputStream(jpeg),
                        COSName.DCT_DECODE,
                        picture.width(),
                        picture.height(),
                        8,
                        PDDeviceRGB.INSTANCE);
        content.drawImage(image, x, HEIGHT - y - height, width, height);
    }

    /** Writes the file; nothing is drawn afterwards. */
    void save(OutputStream out) throws IOException {
        content.close();
        document.save(out);
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
