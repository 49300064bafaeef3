package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** Files that come in over real sockets; SHA-256 by coreutils, the forms by hand. */
class UploadTest {
    private static final UploadLimits LIMITS = new UploadLimits("image", 1000, "image/");
    private static final String FORM = "Content-Type: multipart/form-data; boundary=BB";

    @TempDir Path folder;
    private Path spool = Path.of("");

    /** What the handler saw last. */
    private final AtomicReference<String> seen = new AtomicReference<>("");

    @BeforeEach
    void nameTheSpool() {
        spool = folder.resolve("spool");
    }

    @Test
    void aFormIsAFileAndFields() throws IOException {
        try (TestFront front = TestFront.open(folder, take())) {
            String answer =
                    front.ask(
                            TestFront.post(
                                    "/take",
                                    form(
                                            field("sex", "nữ"),
                                            file("image", "abc"),
                                            field("sex", "m")),
                                    FORM));

            assertThat(answer).startsWith("HTTP/1.1 200 ");
            assertThat(seen)
                    .hasValue(
                            "3 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                                    + " {sex=m} abc");
            assertThat(left()).isZero();
        }
    }

    @Test
    void aBodyThatIsAPictureIsAFileAndTheQueryItsFields() throws IOException {
        try (TestFront front = TestFront.open(folder, take())) {
            front.ask(TestFront.post("/take?sex=m&age=40", "abc", "Content-Type: IMAGE/png"));
            assertThat(seen.get()).startsWith("3 ba7816bf").endsWith(" {age=40, sex=m} abc");
        }
    }

    @Test
    void aConnectionIsKeptAfterAForm() throws IOException {
        try (TestFront front = TestFront.open(folder, take());
                Socket socket = front.connect()) {
            String form = form(file("image", "abc"));
            String kept = TestFront.post("/take", form, FORM).replace("Connection: close\r\n", "");
            TestFront.send(socket, kept + TestFront.post("/take", form, FORM));
            assertThat(TestFront.all(socket).split("HTTP/1.1 200 ", -1)).hasSize(3);
        }
    }

    @Test
    void whatIsNoFileOrTooMuchIsRefusedAndNothingStays() throws IOException {
        try (TestFront front = TestFront.open(folder, take())) {
            assertRefused(front, form(field("sex", "m")), "400", "no_file");
            assertRefused(front, form(file("other", "abc")), "400", "bad_form");
            assertRefused(front, form(file("image", "a"), file("image", "b")), "400", "bad_form");
            assertRefused(front, form(file("image", "x".repeat(1001))), "413", "too_large");
            assertRefused(front, form(field("a", "x".repeat(4097))), "413", "field_too_large");
            String[] many = new String[33];
            java.util.Arrays.setAll(many, i -> field("f" + i, "x"));
            assertRefused(front, form(many), "400", "bad_form");
            String cut = form(file("image", "abc")).replace("--BB--", "");
            assertRefused(front, cut, "400", "bad_form");
            String nameless =
                    form(file("image", "abc")).replace("filename=\"p.png\"", "filename=\"\"");
            assertRefused(front, nameless, "400", "no_file");
            assertThat(front.ask(TestFront.post("/take", "abc", "Content-Type: text/plain")))
                    .startsWith("HTTP/1.1 415 ");
            assertThat(front.ask(TestFront.post("/take", "", "Content-Type: image/png")))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(
                            front.ask(
                                    TestFront.post(
                                            "/take", "x".repeat(1001), "Content-Type: image/png")))
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void aFileLargerThanAllowedIsRefusedBeforeItIsSent() throws IOException {
        try (TestFront front = TestFront.open(folder, take());
                Socket socket = front.connect()) {
            TestFront.send(
                    socket,
                    "POST /take HTTP/1.1\r\nHost: localhost\r\n"
                            + FORM
                            + "\r\nContent-Length: 9999999\r\n\r\n--BB\r\n");
            byte[] start = socket.getInputStream().readNBytes(12);
            assertThat(new String(start, java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void whoLeavesInTheMiddleLeavesNoFile() throws Exception {
        try (TestFront front = TestFront.open(folder, take())) {
            try (Socket socket = front.connect()) {
                String whole = TestFront.post("/take", form(file("image", "x".repeat(900))), FORM);
                TestFront.send(socket, whole.substring(0, whole.length() - 100));
            }
            assertThat(front.logWith("POST")).contains(" POST /take 400 ");
            assertThat(left()).isZero();
        }
    }

    @Test
    void aHandlerThatFailsOrForgetsLeavesNoFile() throws Exception {
        Route forgets =
                Route.post(
                        "/forgets",
                        Access.ANYBODY,
                        call -> {
                            Upload upload = call.upload(LIMITS);
                            assertThat(upload.file()).exists();
                            throw new IllegalStateException("after " + upload.bytes());
                        });
        try (TestFront front = TestFront.open(folder, forgets)) {
            front.ask(TestFront.post("/forgets", form(file("image", "abc")), FORM));
            assertThat(front.logWith("error_id")).contains("after 3");
            assertThat(left()).isZero();
        }
    }

    @Test
    void theFolderIsPrivateAndWhatAKilledServerLeftIsDeleted() throws IOException {
        Files.createDirectories(spool);
        Files.writeString(spool.resolve("upload-1"), "a patient's picture");
        Files.writeString(spool.resolve("README"), "not ours");
        Spool.open(spool);
        assertThat(spool.resolve("upload-1")).doesNotExist();
        assertThat(spool.resolve("README")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool)))
                .isEqualTo("rwx------");
    }

    /** /dev/full answers every write as a full disk does (full(4)). */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsSaid() throws IOException {
        Spool full = Spool.open(spool, file -> new FileOutputStream("/dev/full"));
        assertThatThrownBy(
                        () -> {
                            try (OutputStream out = new FileOutputStream("/dev/full")) {
                                out.write(1);
                            }
                        })
                .isInstanceOfSatisfying(
                        IOException.class, e -> assertThat(Spool.saysFull(e)).isTrue());
        try (TestFront front = TestFront.open(TestFront.settings(folder), full, take())) {
            assertThat(front.ask(TestFront.post("/take", form(file("image", "abc")), FORM)))
                    .startsWith("HTTP/1.1 507 ")
                    .contains("\"code\" : \"disk_full\"");
        }
    }

    private Route take() {
        return Route.post(
                "/take",
                Access.ANYBODY,
                call -> {
                    try (Upload upload = call.upload(LIMITS)) {
                        seen.set(
                                upload.bytes()
                                        + " "
                                        + upload.sha256()
                                        + " "
                                        + new TreeMap<>(upload.fields())
                                        + " "
                                        + Files.readString(upload.file()));
                        return Reply.text(200, "taken");
                    }
                });
    }

    private void assertRefused(TestFront front, String form, String status, String code)
            throws IOException {
        assertThat(front.ask(TestFront.post("/take", form, FORM)))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\"code\" : \"" + code + "\"");
        assertThat(left()).isZero();
    }

    private long left() throws IOException {
        try (var files = Files.list(spool)) {
            return files.count();
        }
    }

    private static String field(String name, String value) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
    }

    private static String file(String name, String content) {
        return "Content-Disposition: form-data; name=\""
                + name
                + "\"; filename=\"p.png\"\r\nContent-Type: image/png\r\n\r\n"
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
