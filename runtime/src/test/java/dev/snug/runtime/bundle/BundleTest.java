package dev.snug.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.snug.runtime.bundle.Manifest.FileEntry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** The oracle is the damage done to an installed model: opening must name it. */
final class BundleTest {
    private static final FileEntry NONE = new FileEntry(0, "00".repeat(32));

    @TempDir Path home;

    private BundleStore store;
    private Path folder;
    private Path weights;

    @BeforeEach
    void installOne() {
        store = new BundleStore(home);
        folder = store.install("skin", Sample.version("skin", 1)).folder();
        weights = folder.resolve("model.weights");
    }

    @Test
    void anInstalledModelOpensWithItsFiles() {
        Bundle bundle = store.open("skin");
        assertThat(bundle.folder()).isEqualTo(home.resolve("models/skin"));
        assertThat(bundle.manifest().files().keySet())
                .containsExactly("classify.onnx", "explain.onnx", "model.weights");
        assertThat(bundle.file("model.weights")).hasSize(Sample.WEIGHT_BYTES);
        assertThat(bundle.manifestSha256())
                .isEqualTo(Checksum.of(ManifestJson.bytes(bundle.manifest())));
        assertThatThrownBy(() -> bundle.file("../../defaults.json"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("no file");
    }

    @Test
    void aFlippedBitInTheWeightsIsNoticed() throws IOException {
        flipBit(weights);
        assertBroken("model.weights", "SHA-256");
    }

    @Test
    void aFlippedBitInAGraphIsNoticedEvenWhenNothingElseTellsOfIt() throws IOException {
        Path graph = folder.resolve("classify.onnx");
        FileTime time = Files.getLastModifiedTime(graph);
        flipBit(graph);
        Files.setLastModifiedTime(graph, time);
        assertBroken("classify.onnx", "SHA-256");
    }

    @Test
    void aFlippedBitBehindTheStampsBackIsNoticedByVerify() throws IOException {
        FileTime time = Files.getLastModifiedTime(weights);
        flipBit(weights);
        Files.setLastModifiedTime(weights, time);
        Bundle bundle = store.open("skin");
        assertThatThrownBy(() -> bundle.verify(Progress.NONE))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("model.weights");
    }

    @Test
    void truncatedWeightsAreNoticed() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.setLength(Sample.WEIGHT_BYTES - 1);
        }
        assertBroken("model.weights", (Sample.WEIGHT_BYTES - 1) + " bytes");
    }

    @Test
    void missingWeightsAreNoticed() throws IOException {
        Files.delete(weights);
        assertBroken("model.weights", "is missing");
    }

    @Test
    void aLinkIsRefusedEvenToTheRightBytes() throws IOException {
        Path elsewhere = home.resolve("elsewhere");
        Files.move(weights, elsewhere);
        Files.createSymbolicLink(weights, elsewhere);
        assertBroken("model.weights", "not a regular file");
    }

    @Test
    void aManifestThatIsALinkIsRefused() throws IOException {
        Path manifest = folder.resolve(Manifest.FILE_NAME);
        Path elsewhere = home.resolve("elsewhere");
        Files.move(manifest, elsewhere);
        Files.createSymbolicLink(manifest, elsewhere);
        assertThatThrownBy(() -> store.open("skin")).isInstanceOf(BundleException.class);
    }

    @Test
    void aManifestBeyondItsLimitIsRefusedUnread() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve(Manifest.FILE_NAME).toFile(), "rw")) {
            file.setLength(1L << 40);
        }
        assertBroken("manifest.json", "larger than");
    }

    @Test
    void aMovedModelIsHashedOnceAndThenTrusted() throws IOException {
        Path copy = home.resolve("models/.copy");
        Files.createDirectory(copy);
        for (String name : List.of("classify.onnx", "explain.onnx", "model.weights")) {
            Files.copy(folder.resolve(name), copy.resolve(name));
        }
        Files.copy(folder.resolve(Manifest.FILE_NAME), copy.resolve(Manifest.FILE_NAME));
        Files.writeString(copy.resolve(Stamp.FILE_NAME), "nonsense");
        Bundle bundle = Bundle.open(copy);
        FileEntry entry = bundle.manifest().files().getOrDefault("model.weights", NONE);
        assertThat(Stamp.read(copy).covers(copy.resolve("model.weights"), entry)).isTrue();
    }

    @Test
    void aFolderThatCannotBeWrittenIsHashedAndUsed() throws IOException {
        Files.delete(folder.resolve(Stamp.FILE_NAME));
        // Where the stamp should go stands a folder with something in it: even root cannot write.
        Files.createDirectories(folder.resolve(Stamp.FILE_NAME).resolve("in the way"));
        assertThat(Sample.version(store.open("skin"))).isEqualTo(1);
        flipBit(weights);
        assertBroken("model.weights", "SHA-256");
    }

    @Test
    void aReadOnlyHomeIsReadAndRefusesChangesClearly() throws Exception {
        Path disk = Files.createDirectory(home.resolve("disk"));
        assumeTrue(
                Shell.run("mount", "-t", "tmpfs", "-o", "size=16m", "snug-test", disk.toString()),
                "root may mount");
        try {
            BundleStore readOnly = new BundleStore(disk);
            readOnly.install("skin", Sample.version("skin", 1));
            Files.delete(disk.resolve("models/skin").resolve(Stamp.FILE_NAME));
            assertThat(Shell.run("mount", "-o", "remount,ro", disk.toString())).isTrue();
            assertThat(Sample.version(readOnly.open("skin"))).isEqualTo(1);
            assertThat(readOnly.list()).hasSize(1);
            assertThatThrownBy(() -> readOnly.install("eyes", Sample.version("eyes", 1)))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("install model eyes")
                    .hasMessageContaining("Read-only");
            assertThatThrownBy(() -> readOnly.remove("skin"))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("Read-only");
        } finally {
            assertThat(Shell.run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void verifyTellsHowFarItIs() {
        List<Long> done = new ArrayList<>();
        Bundle bundle = store.open("skin");
        bundle.verify(
                (bytesDone, bytesTotal) -> {
                    assertThat(bytesTotal).isEqualTo(bundle.manifest().totalBytes());
                    done.add(bytesDone);
                });
        assertThat(done).isSorted().hasSizeGreaterThanOrEqualTo(4);
        assertThat(done.getLast()).isEqualTo(bundle.manifest().totalBytes());
    }

    @Test
    void aModelReplacedWhileOpenIsNotMixedWithTheNewOne() {
        Bundle old = store.open("skin");
        store.install("skin", Sample.version("skin", 2));
        assertThatThrownBy(() -> old.file("classify.onnx"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("replaced while it was open");
    }

    @Test
    void aModelInAFolderOfAnotherNameIsRefused() throws IOException {
        Files.move(folder, folder.resolveSibling("other"));
        assertThatThrownBy(() -> store.open("other"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("holds the model skin");
    }

    @Test
    void theModelsFolderMayLieBehindALink() throws IOException {
        Path elsewhere = Files.move(folder, home.resolve("elsewhere"));
        Files.createSymbolicLink(folder, elsewhere);
        Bundle bundle = store.open("skin");
        assertThat(bundle.folder()).isEqualTo(elsewhere);
        assertThat(store.install("skin", Sample.version("skin", 2)).folder()).isEqualTo(folder);
        assertThat(Sample.version(Bundle.open(elsewhere))).as("not touched").isEqualTo(1);
    }

    private void assertBroken(String file, String why) {
        assertThatThrownBy(() -> store.open("skin"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(why);
    }

    private static void flipBit(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int value = file.read();
            file.seek(file.length() / 2);
            file.write(value ^ 1);
        }
    }
}
