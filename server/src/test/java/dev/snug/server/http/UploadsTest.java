package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Many files that come in over real sockets; SHA-256 by coreutils, the forms by hand. */
final class UploadsTest {
    private static final UploadsLimits LIMITS = new UploadsLimits("picture", 3, 10, 25);
    private static final String FORM = "Content-Type: multipart/form-data; boundary=BB";

    @TempDir private Path folder;

    /** What the handler saw last. */
    private final AtomicReference<String> seen = new AtomicReference<>("");

    @Test
    void filesComeInTheirOrderWithNamesAndChecksums() throws IOException {
        try (TestFront front = TestFront.open(folder, take(LIMITS))) {
            String answer =
                    ask(
                            front,
                            file("C:\\x\\b.png", "abc"),
                            field("sex", "f"),
                            file("a/nữ.png", ""));

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(seen)
                    .hasValue(
                            "b.png 3"
                                + " ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                                + " abc|nữ.png 0"
                                + " e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                                + " |{sex=f}");
            assertThat(left()).isZero();
        }
    }

    @Test
    void tooManyTooLargeOrNoneIsRefusedAndNothingStays() throws IOException {
        try (TestFront front = TestFront.open(folder, take(LIMITS))) {
            String one = file("a", "1");
            assertRefused(ask(front, one, one, one, one), "413", "too_many_files");
            assertRefused(ask(front, one, file("b", "x".repeat(11))), "413", "too_large");
            String ten = file("a", "x".repeat(10));
            assertRefused(ask(front, ten, ten, ten), "413", "too_large");
            assertRefused(ask(front, field("sex", "f")), "400", "no_file");
            assertRefused(ask(front, one, "no head"), "400", "bad_form");
            assertRefused(
                    front.ask(TestFront.post("/take", "abc", "Content-Type: image/png")),
                    "415",
                    "unsupported_type");
        }
    }

    /** The body's time is 0.8 s here; what comes in it grants half a second more each time. */
    @Test
    void whoSendsSteadilyGetsThroughAndWhoStopsIsCut() throws Exception {
        UploadsLimits large = new UploadsLimits("picture", 1, 1 << 20, 1 << 20);
        String part = "x".repeat(FrontLimits.STEADY_BYTES / 2);
        String whole = TestFront.post("/take", form(file("a", part.repeat(6))), FORM);
        int piece = part.length();
        try (TestFront front = TestFront.open(folder, take(large))) {
            try (Socket socket = front.connect()) {
                for (int i = 0; i < whole.length(); i += piece) {
                    TestFront.send(socket, whole.substring(i, Math.min(i + piece, whole.length())));
                    Thread.sleep(250);
                }
                assertThat(TestFront.all(socket)).startsWith("HTTP/1.1 200 ");
            }
            try (Socket socket = front.connect()) {
                TestFront.send(socket, whole.substring(0, 1000));
                assertThat(TestFront.all(socket)).doesNotContain("200");
                assertThat(front.metricsWith("body_slow")).contains("reason=\"body_slow\"} 1");
            }
        }
    }

    @Test
    void namesAreShownAndNeverOpened() {
        assertThat(ClientFileName.of("../../etc/passwd")).isEqualTo("passwd");
        assertThat(ClientFileName.of("a\u0000\n\u202eb\"c")).isEqualTo("abc");
        assertThat(ClientFileName.of("/")).isEmpty();
        assertThat(ClientFileName.of("x".repeat(300))).hasSize(ClientFileName.CHARS_MAX);
        assertThat(ClientFileName.of("ế".repeat(300))).hasSize(ClientFileName.BYTES_MAX / 3);
    }

    private Route take(UploadsLimits limits) {
        return Route.post(
                "/take",
                Access.ANYBODY,
                call -> {
                    try (Uploads uploads = call.uploads(limits)) {
                        String files =
                                uploads.files().stream()
                                        .map(UploadsTest::told)
                                        .collect(Collectors.joining("|"));
                        seen.set(files + "|" + uploads.fields());
                        return Reply.text(200, "taken");
                    }
                });
    }

    private static String told(Upload file) {
        try {
            String content = Files.readString(file.file());
            return "%s %d %s %s".formatted(file.name(), file.bytes(), file.sha256(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertRefused(String answer, String status, String code) throws IOException {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\"code\" : \"" + code + "\"");
        assertThat(left()).isZero();
    }

    private long left() throws IOException {
        try (var files = Files.list(folder.resolve("spool"))) {
            return files.count();
        }
    }

    private static String ask(TestFront front, String... parts) throws IOException {
        return front.ask(TestFront.post("/take", form(parts), FORM));
    }

    private static String field(String name, String value) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
    }

    private static String file(String name, String content) {
        return "Content-Disposition: form-data; name=\"picture\"; filename=\""
                + name
                + "\"\r\nContent-Type: image/png\r\n\r\n"
                + content;
    }

    private static String form(String... parts) {
        StringBuilder form = new StringBuilder();
        for (String part : parts) {
            form.append("--BB\r\n").append(part).append("\r\n");
        }
        return form.append("--BB--\r\n").toString();
    }
}
