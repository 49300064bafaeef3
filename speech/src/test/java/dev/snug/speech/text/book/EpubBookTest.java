package dev.snug.speech.text.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * EPUB 2 and 3, made here entry by entry. The oracles are EPUB 3.3 (W3C) for what leads where, and
 * the words that each document shows.
 */
final class EpubBookTest {
    private static final String CONTAINER =
            """
            <container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
              <rootfiles><rootfile full-path="OEBPS/a.opf"
                media-type="application/oebps-package+xml"/></rootfiles></container>
            """;

    @TempDir private Path folder;

    private final Map<String, String> entries = new LinkedHashMap<>();

    private Path file() throws IOException {
        Path file = folder.resolve("a.epub");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static String page(String body) {
        return """
        <?xml version="1.0" encoding="utf-8"?>
        <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://127.0.0.1:1/x.dtd">
        <html xmlns="http://www.w3.org/1999/xhtml"
          xmlns:epub="http://www.idpf.org/2007/ops"><head><title>không đọc</title>
        <style>p{}</style></head><body>%s</body></html>
        """
                .formatted(body);
    }

    private void packaged(String manifest, String spine) {
        entries.put("mimetype", "application/epub+zip");
        entries.put("META-INF/container.xml", CONTAINER);
        entries.put(
                "OEBPS/a.opf",
                """
                <package xmlns="http://www.idpf.org/2007/opf" version="3.0">
                <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Sách &amp; vở</dc:title>
                <dc:creator>Nguyễn An</dc:creator><dc:creator>Lê Bình</dc:creator>
                <dc:language>vi</dc:language></metadata>
                <manifest>%s</manifest><spine toc="ncx">%s</spine></package>
                """
                        .formatted(manifest, spine));
    }

    private static String item(String id, String href, String more) {
        return "<item id=\"%s\" href=\"%s\" media-type=\"application/xhtml+xml\" %s/>"
                .formatted(id, href, more);
    }

    private void threeDocuments() {
        packaged(
                item("nav", "nav.xhtml", "properties=\"nav\"")
                        + item("a", "text/a%20b.xhtml", "")
                        + item("b", "text/b.xhtml", "")
                        + item("c", "text/c.xhtml", "")
                        + item("d", "text/d.xhtml", ""),
                "<itemref idref=\"nav\"/><itemref idref=\"a\"/><itemref idref=\"b\"/>"
                        + "<itemref idref=\"c\"/><itemref idref=\"d\" linear=\"no\"/>");
        entries.put(
                "OEBPS/nav.xhtml",
                page(
                        """
                        <nav epub:type="toc"><ol>
                        <li><a href="text/a%20b.xhtml">Chương một</a>
                          <ol><li><a href="text/a%20b.xhtml#x">Phần sau</a>
                            <ol><li><a href="text/c.xhtml">Quá sâu</a></li></ol></li></ol></li>
                        <li><a href="text/../text/b.xhtml">Chương
                           hai</a></li></ol></nav>
                        <nav epub:type="landmarks"><ol><li><a href="text/c.xhtml">Bìa</a></li></ol></nav>
                        """));
        entries.put("OEBPS/text/a b.xhtml", page("<h1>Một</h1><p>A.</p><p id=\"x\">B.</p>"));
        entries.put("OEBPS/text/b.xhtml", page("<h1>Hai</h1><p>C.</p>"));
        entries.put("OEBPS/text/c.xhtml", page("<p>D.</p>"));
        entries.put("OEBPS/text/d.xhtml", page("<p>Không đọc.</p>"));
    }

    @Test
    void chaptersAreThoseOfTheContentsAndTheRestGoesWithThem() throws IOException {
        threeDocuments();
        Book book = BookFile.read(file());

        assertThat(book.title()).isEqualTo("Sách & vở");
        assertThat(book.author()).isEqualTo("Nguyễn An, Lê Bình");
        assertThat(book.language()).isEqualTo("vi");
        assertThat(book.chapters().stream().map(Book.Chapter::title))
                .containsExactly("Chương một", "Phần sau", "Chương hai");
        assertThat(book.chapters().stream().map(EpubBookTest::text))
                .containsExactly("Một\n\nA.", "B.", "Hai\n\nC.D.");
    }

    private static String text(Book.Chapter chapter) {
        StringBuilder text = new StringBuilder();
        chapter.parts().forEach(part -> text.append(part.text()));
        return text.toString();
    }

    @Test
    void theContentsOfEpub2AreReadToo() throws IOException {
        packaged(
                "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>"
                        + item("a", "a.html", ""),
                "<itemref idref=\"a\"/>");
        entries.put(
                "OEBPS/toc.ncx",
                """
                <ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><docTitle><text>Tên</text></docTitle>
                <navMap><navPoint id="p"><navLabel><text>Chương A</text></navLabel>
                <content src="a.html"/></navPoint></navMap></ncx>
                """);
        entries.put("OEBPS/a.html", page("<p>Một.</p>"));
        assertThat(BookFile.read(file()).chapters().getFirst().title()).isEqualTo("Chương A");
    }

    @Test
    void whatNobodyReadsAloudIsLeftOut() {
        String body =
                """
                <h2>Tựa<br/>đề</h2><p>Một<sup><a href="#n1">1</a></sup> câu<a href="#n2"><sup>2</sup></a>,
                x<sup>2</sup>&nbsp;&mdash;&nbsp;<ruby>漢<rp>(</rp><rt>hán</rt><rp>)</rp></ruby>,
                so\u00adft.</p><script>var a;</script><nav><p>mục lục</p></nav>
                <p><a epub:type="noteref" href="#n">3</a>Hai.<span epub:type="pagebreak">12</span></p>
                <aside epub:type="footnote" id="n">chú thích</aside><p hidden="">ẩn</p>
                <table><tr><td>a</td><td>b</td></tr></table><ul><li>c</li><li>d</li></ul>
                """;
        List<XhtmlText.Segment> segments =
                XhtmlText.read(page(body).getBytes(StandardCharsets.UTF_8), "here", Set.of());

        assertThat(segments).hasSize(1);
        assertThat(segments.getFirst().text())
                .isEqualTo("Tựa\nđề\n\nMột câu, x2 — 漢, soft.\n\nHai.\n\na, b,\n\nc\nd");
        assertThat(segments.getFirst().heading()).isEqualTo("Tựa\nđề");
    }

    @Test
    void nothingOutsideOfTheFileIsRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "bí mật");
        threeDocuments();
        entries.put(
                "OEBPS/text/c.xhtml",
                "<!DOCTYPE html [<!ENTITY e SYSTEM \"%s\"><!ENTITY f \"ffff\">]>"
                                .formatted(secret.toUri())
                        + "<html><body><p>Chữ &e;&f;.</p></body></html>");
        assertThat(text(BookFile.read(file()).chapters().getLast()))
                .doesNotContain("bí mật", "ffff")
                .endsWith("Chữ .");
    }

    @Test
    void aNameInItLeadsNowhereElse() {
        assertThat(EpubPackage.resolved("OEBPS/a.opf", "../../../etc/passwd"))
                .isEqualTo("etc/passwd");
        assertThat(EpubPackage.resolved("OEBPS/a.opf", "x%2F..%2Fb+c.html#d"))
                .isEqualTo("OEBPS/b+c.html");
    }

    @Test
    void whatIsTooLargeDamagedOrLockedIsRefused() throws IOException {
        threeDocuments();
        entries.put("OEBPS/text/b.xhtml", " ".repeat(EpubBook.DOCUMENT_BYTES_MAX + 1));
        assertRefused(file(), "is longer than");
        entries.put("OEBPS/text/b.xhtml", "<html><body><p>không đóng");
        assertRefused(file(), "is not well-formed");
        entries.remove("OEBPS/text/b.xhtml");
        assertRefused(file(), "has no entry OEBPS/text/b.xhtml");
        entries.put(
                "META-INF/encryption.xml",
                "<encryption><EncryptionMethod"
                    + " Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes128-cbc\"/></encryption>");
        assertRefused(file(), "is encrypted (DRM)");
        byte[] whole = Files.readAllBytes(file());
        Path cut = Files.write(folder.resolve("cut.epub"), java.util.Arrays.copyOf(whole, 500));
        assertRefused(cut, "is no zip file");
        entries.clear();
        for (int i = 0; i <= BoundedZip.ENTRIES_MAX; i++) {
            entries.put(Integer.toString(i), "");
        }
        assertRefused(file(), "lists " + (BoundedZip.ENTRIES_MAX + 1) + " entries");
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> BookFile.read(file))
                .isInstanceOf(BookException.class)
                .hasMessageContaining(why);
    }
}
