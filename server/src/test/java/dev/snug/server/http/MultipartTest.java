package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The oracle are forms that are written here by the rules of RFC 2046, 5.1.1 and RFC 7578. */
class MultipartTest {
    private static final String BOUNDARY = "----snug7MA4YWxk";

    private record Part(PartHead head, String content) {}

    @Test
    void aFormIsReadTheSameWhereverItIsCut() throws IOException {
        // Content that nearly ends the part, again and again.
        String tricky = "a\r\n--\r\n------snug7MA4YWx\r\n\r\n--" + "\r".repeat(9) + "\n";
        String form = form(part("name=\"a\"", tricky), part("name=\"f\"; filename=\"x\"", ""));
        for (int piece = 1; piece <= form.length(); piece++) {
            assertThat(read(form, piece, 7))
                    .as("pieces of " + piece)
                    .containsExactly(
                            new Part(new PartHead("a", null), tricky),
                            new Part(new PartHead("f", "x"), ""));
        }
    }

    @Test
    void theEndOfAPartIsFoundAtEveryPlaceOfTheBuffer() throws IOException {
        for (int length = 8192 - 160; length < 8192 + 40; length++) {
            String content = "x".repeat(length);
            String form = form(part("name=\"a\"", content), part("name=\"b\"", "y"));
            List<Part> parts = read(form, 5000, 3000);
            assertThat(parts).hasSize(2);
            assertThat(parts.getFirst().content()).hasSameSizeAs(content).isEqualTo(content);
            assertThat(parts.getLast().content()).isEqualTo("y");
        }
    }

    @Test
    void anythingInAPartComesBackAsItWas() throws IOException {
        Random random = new Random(7);
        for (int run = 0; run < 300; run++) {
            StringBuilder content = new StringBuilder();
            int length = random.nextInt(200);
            for (int i = 0; i < length; i++) {
                // Of the letters that boundaries are made of.
                content.append("\r\n-snug7x".charAt(random.nextInt(9)));
            }
            String form = form(part("name=\"a\"", content.toString()));
            assertThat(read(form, 1 + random.nextInt(50), 1 + random.nextInt(50)))
                    .containsExactly(new Part(new PartHead("a", null), content.toString()));
        }
    }

    @Test
    void whatGoesBeforeTheFirstBoundaryAndAfterTheLastIsNoPart() throws IOException {
        String form = "To whom it\r\nconcerns\r\n" + form(part("name=\"a\"", "1")) + "epilogue";
        assertThat(read(form, 11, 64)).hasSize(1);
        String padded = form(part("name=\"a\"", "1")).replace(BOUNDARY + "\r", BOUNDARY + " \t\r");
        assertThat(read(padded, 11, 64)).hasSize(1);
        assertThat(read("--" + BOUNDARY + "--", 11, 64)).isEmpty();
    }

    @Test
    void partsThatAreNotReadAreSkipped() throws IOException {
        String form = form(part("name=\"a\"", "x".repeat(20_000)), part("name=\"b\"", "y"));
        Multipart parts = new Multipart(in(form, 100), BOUNDARY);
        assertThat(parts.next()).isEqualTo(new PartHead("a", null));
        assertThat(parts.next()).isEqualTo(new PartHead("b", null));
        assertThat(parts.next()).isNull();
    }

    @Test
    void aFormThatEndsEarlyIsRefusedWhereverItEnds() {
        String form = form(part("name=\"a\"", "content"), part("name=\"b\"", "more"));
        int last = form.length() - "\r\n".length();
        for (int length = 0; length < last; length++) {
            String cut = form.substring(0, length);
            assertThatThrownBy(() -> read(cut, 5, 64))
                    .as("of " + length + " characters")
                    .isInstanceOfSatisfying(
                            HttpException.class,
                            e -> {
                                assertThat(e.status()).isEqualTo(400);
                                assertThat(e.code()).isEqualTo("bad_form");
                            });
        }
    }

    @Test
    void brokenFormsAreRefused() {
        String boundary = "--" + BOUNDARY;
        assertRefused(form(part("name=\"a\"", "1")).replace("\r\n", "\n"), "something else");
        assertRefused(boundary + "x\r\n\r\n\r\n" + boundary + "--", "something else");
        assertRefused(boundary + "\r\n\r\n1\r\n" + boundary + "--", "no Content-Disposition");
        assertRefused(form("Content-Disposition: attachment; name=\"a\"\r\n\r\n1"), "form-data");
        assertRefused(form("Content-Disposition: form-data\r\n\r\n1"), "no name");
        assertRefused(form("rubbish\r\n\r\n1"), "no name");
        assertRefused(form("X: " + "y".repeat(5000) + "\r\n\r\n1"), "longer than 4096");
        assertRefused(boundary + "\r\n" + "X: y\r\n".repeat(5000), "longer than 4096");
        assertRefused(
                form(
                        "Content-Disposition: form-data; name=\"a\"\r\n"
                                + "Content-Disposition: form-data; name=\"b\"\r\n\r\n1"),
                "two Content-Dispositions");
        assertRefused(
                form(
                        "Content-Disposition: form-data; name=\"a\"\r\n"
                                + "Content-Transfer-Encoding: base64\r\n\r\n1"),
                "encoded");
        assertThatThrownBy(() -> new Multipart(in("", 1), "x".repeat(71)))
                .hasMessageContaining("1 to 70");
        assertThatThrownBy(() -> new Multipart(in("", 1), "")).hasMessageContaining("1 to 70");
    }

    @Test
    void namesAreReadAsBrowsersWriteThem() {
        assertThat(head("form-data; name=\"a\"; filename=\"b;c=\\\"d\\\".png\""))
                .isEqualTo(new PartHead("a", "b;c=\"d\".png"));
        assertThat(head("form-data; filename=\"name=\\\"x\\\"\"; name=\"real\""))
                .isEqualTo(new PartHead("real", "name=\"x\""));
        assertThat(head("form-data; name=\"a\"; filename=\"\"")).isEqualTo(new PartHead("a", ""));
        assertThat(head("form-data;name=a;filename=C:\\x.png"))
                .isEqualTo(new PartHead("a", "C:\\x.png"));
        assertThat(head("form-data; name=\"giới tính\""))
                .isEqualTo(new PartHead("giới tính", null));
        assertThat(PartHead.parameter("multipart/form-data; Boundary=\"a b\"; x=y", "boundary"))
                .isEqualTo("a b");
        assertThat(PartHead.parameter("multipart/form-data", "boundary")).isNull();
        assertThat(PartHead.parameter("a; b", "boundary")).isNull();
        assertThat(PartHead.parameter("a; boundary=\"open", "boundary")).isEqualTo("open");
    }

    private static PartHead head(String disposition) {
        return PartHead.of("content-DISPOSITION: " + disposition + "\r\nContent-Type: image/png");
    }

    private static void assertRefused(String form, String message) {
        assertThatThrownBy(() -> read(form, 1000, 100))
                .isInstanceOfSatisfying(
                        HttpException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining(message);
    }

    private static String part(String parameters, String content) {
        return "Content-Disposition: form-data; " + parameters + "\r\n\r\n" + content;
    }

    private static String form(String... parts) {
        StringBuilder form = new StringBuilder();
        for (String part : parts) {
            form.append("--").append(BOUNDARY).append("\r\n").append(part).append("\r\n");
        }
        return form.append("--").append(BOUNDARY).append("--\r\n").toString();
    }

    private static List<Part> read(String form, int piece, int buffer) throws IOException {
        Multipart parts = new Multipart(in(form, piece), BOUNDARY);
        List<Part> all = new ArrayList<>();
        for (PartHead head = parts.next(); head != null; head = parts.next()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] bytes = new byte[buffer];
            for (int n = parts.read(bytes); n >= 0; n = parts.read(bytes)) {
                content.write(bytes, 0, n);
            }
            all.add(new Part(head, content.toString(StandardCharsets.UTF_8)));
        }
        return all;
    }

    /** Gives at most {@code piece} bytes at once, as a network does. */
    private static InputStream in(String text, int piece) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, piece));
            }
        };
    }
}
