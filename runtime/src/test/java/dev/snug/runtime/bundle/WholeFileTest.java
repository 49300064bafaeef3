package dev.snug.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The oracle is the folder after the call: old content or new, and no third file. */
final class WholeFileTest {
    @TempDir Path folder;

    @Test
    void aFileAndItsFoldersAppear() throws IOException {
        Path target = folder.resolve("a/b/map.png");
        WholeFile.write(target, text("new"));
        assertThat(target).hasContent("new");
        assertOnlyFile(target);
    }

    @Test
    void aFileIsReplacedAndKeepsItsPermissions() throws IOException {
        Path target = Files.writeString(folder.resolve("map.png"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-rw-"));
        WholeFile.write(target, text("new"));
        assertThat(target).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-rw-rw-");
        assertOnlyFile(target);
    }

    @Test
    void firstBytesThatAreKnownLastAreFilledIn() throws IOException {
        Path target = folder.resolve("speech.wav");
        WholeFile.write(target, text("????5678"), () -> "1234".getBytes(StandardCharsets.US_ASCII));
        assertThat(target).hasContent("12345678");
        assertOnlyFile(target);
    }

    @Test
    @Timeout(60)
    void aProcessThatIsAskedToEndLeavesNoTemporaryFile() throws Exception {
        Path target = Files.writeString(folder.resolve("speech.wav"), "old");
        Process writing =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                SlowWriter.class.getName(),
                                target.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(writing.inputReader().readLine()).isEqualTo("writing");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }

        writing.destroy();

        assertThat(writing.waitFor()).isEqualTo(128 + 15);
        assertThat(target).hasContent("old");
        assertOnlyFile(target);
    }

    @Test
    void whenTheContentThrowsTheOldFileStays() throws IOException {
        Path target = Files.writeString(folder.resolve("map.png"), "old");
        assertThatThrownBy(
                        () ->
                                WholeFile.write(
                                        target,
                                        out -> {
                                            out.write(new byte[100_000]);
                                            throw new IllegalStateException("no map");
                                        }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(target).hasContent("old");
        assertOnlyFile(target);
    }

    @Test
    void aFullDiskIsToldAndTheOldFileStays() throws IOException {
        Path target = Files.writeString(folder.resolve("map.png"), "old");
        assertThatThrownBy(
                        () ->
                                WholeFile.write(
                                        target,
                                        out -> {
                                            out.write(1);
                                            throw new IOException("No space left on device");
                                        }))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("write " + target)
                .hasMessageContaining("no space left")
                .hasMessageContaining("bytes free");
        assertThat(target).hasContent("old");
        assertOnlyFile(target);
    }

    @Test
    void aRealFullDiskIsToldAndLeavesNothing() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                Shell.run("mount", "-t", "tmpfs", "-o", "size=1m", "snug-test", disk.toString()),
                "root may mount");
        try {
            assertThatThrownBy(
                            () ->
                                    WholeFile.write(
                                            disk.resolve("map.png"),
                                            out -> out.write(new byte[2 << 20])))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("no space left");
            assertThat(disk).isEmptyDirectory();
            BundleStore store = new BundleStore(disk);
            assertThatThrownBy(() -> store.install("skin", Sample.version("skin", 1)))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("no space left")
                    .hasMessageContaining("bytes free");
            assertThat(store.list()).isEmpty();
            assertThat(disk.resolve("models")).isEmptyDirectory();
        } finally {
            assertThat(Shell.run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void devicesAreWrittenThroughAndStay() {
        WholeFile.write(Path.of("/dev/null"), text("new"));
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
        assertThatThrownBy(() -> WholeFile.write(Path.of("/dev/full"), text("new")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("/dev/full")
                .hasMessageContaining("no space left");
        assertThat(Files.isRegularFile(Path.of("/dev/full"))).isFalse();
    }

    @Test
    @Timeout(10)
    void aPipeIsWrittenThrough() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Shell.run("mkfifo", pipe.toString()), "mkfifo is there");
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        WholeFile.write(pipe, text("through"));
        assertThat(reader.inputReader().readLine()).isEqualTo("through");
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
    void standardOutputInAFileGetsTheContentBetweenItsLines(String name) throws Exception {
        Path output = folder.resolve("output");
        Process writer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LineWriter.class.getName(),
                                name)
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(writer.waitFor()).isZero();
        assertThat(output).hasContent("before\nbetween\nafter\n");
    }

    /** A process that prints a line before and after it writes a file. */
    static final class LineWriter {
        private LineWriter() {}

        public static void main(String[] arguments) {
            System.out.println("before");
            WholeFile.write(Path.of(arguments[0]), text("between\n"));
            System.out.println("after");
        }
    }

    @Test
    void aLinkStaysAndItsTargetIsWritten() throws IOException {
        Path real = folder.resolve("sub/real.png");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("sub/real.png"));
        WholeFile.write(link, text("first"));
        WholeFile.write(link, text("second"));
        assertThat(real).hasContent("second");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void linksInACircleAndFoldersAreRefused() throws IOException {
        Path a = folder.resolve("a");
        Files.createSymbolicLink(a, folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("b"), a);
        assertThatThrownBy(() -> WholeFile.write(a, text("x")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("links");
        assertThatThrownBy(() -> WholeFile.write(folder, text("x")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("folder");
    }

    @Test
    void aParentThatIsAFileIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        assertThatThrownBy(() -> WholeFile.write(file.resolve("map.png"), text("x")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("old");
    }

    @Test
    void aNameOfAnyLengthThatTheDiskAllowsIsAllowed() {
        Path target = folder.resolve("ơ".repeat(125) + ".png");
        WholeFile.write(target, text("new"));
        assertThat(target).hasContent("new");
    }

    private static WholeFile.Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertOnlyFile(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target.getParent())) {
            assertThat(files).containsExactly(target);
        }
        assertThat(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
}
