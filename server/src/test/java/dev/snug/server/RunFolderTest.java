package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The oracle is the folder's content and rights. */
final class RunFolderTest {
    @TempDir private Path data;

    @Test
    void itIsGoneWithItsServer() throws IOException {
        RunFolder folder = RunFolder.open(data.resolve("server"), ProcessHandle.current().pid());
        Files.writeString(folder.folder("spool").resolve("upload-1"), "picture");
        folder.close();
        assertThat(data.resolve("server")).isEmptyDirectory();
    }

    @Test
    void nobodyElseMayRead() throws IOException {
        try (RunFolder folder = RunFolder.open(data.resolve("server"), 1)) {
            Path own = folder.folder("spool").getParent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void whatAKilledServerLeftIsRemovedAndWhatALivingOneHasIsNot() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path left = RunFolder.open(data, ended.pid()).folder("overlays");
        Files.writeString(left.resolve("a.png"), "picture");
        RunFolder living = RunFolder.open(data, ProcessHandle.current().pid());
        Files.writeString(data.resolve("run-notes.txt"), "of somebody else");
        RunFolder next = RunFolder.open(data, ProcessHandle.current().pid());
        assertThat(left.getParent()).doesNotExist();
        assertThat(living.folder("spool").getParent()).exists();
        assertThat(data.resolve("run-notes.txt")).exists();
        next.close();
        living.close();
    }
}
