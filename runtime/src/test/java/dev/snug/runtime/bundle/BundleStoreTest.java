package dev.snug.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The oracle is the state of the home folder after each call, as {@code ls -a} would show it. */
final class BundleStoreTest {
    @TempDir Path home;

    private BundleStore store;

    @BeforeEach
    void open() {
        store = new BundleStore(home.resolve("not/there/yet"));
    }

    @Test
    void anEmptyStoreHasNoModels() {
        assertThat(store.list()).isEmpty();
        assertThat(store.contains("skin")).isFalse();
        assertThat(store.defaultModel("image-classifier")).isEmpty();
        assertThatThrownBy(() -> store.open("skin"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("no model skin")
                .hasMessageContaining("nor any other");
        assertThat(home).as("reading creates nothing").isEmptyDirectory();
    }

    @Test
    void modelsAreListedByNameAndBrokenOnesWithTheirError() throws IOException {
        store.install("skin", Sample.version("skin", 1));
        store.install("eyes", Sample.version("eyes", 1));
        Files.delete(models().resolve("eyes/model.weights"));
        Files.createDirectory(models().resolve("by hand"));
        List<Listing> listings = store.list();
        assertThat(listings).extracting(Listing::name).containsExactly("by hand", "eyes", "skin");
        assertThat(listings.get(0)).isInstanceOf(Listing.Broken.class);
        assertThat(listings.get(1))
                .isInstanceOfSatisfying(
                        Listing.Broken.class,
                        broken -> assertThat(broken.error()).hasMessageContaining("model.weights"));
        assertThat(listings.get(2))
                .isInstanceOfSatisfying(
                        Listing.Whole.class,
                        whole -> assertThat(whole.manifest().parameters()).isEqualTo(20_000_000));
    }

    @Test
    void installingReplacesAndLeavesNothingElse() {
        store.install("skin", Sample.version("skin", 1));
        Bundle second = store.install("skin", Sample.version("skin", 2));
        assertThat(Sample.version(second)).isEqualTo(2);
        assertThat(visible(models())).containsExactly("skin");
    }

    @Test
    void aWriterThatThrowsLeavesTheOldModelAndItsExceptionPasses() {
        store.install("skin", Sample.version("skin", 1));
        assertThatThrownBy(
                        () ->
                                store.install(
                                        "skin",
                                        folder -> {
                                            Sample.writeFiles(folder, 2);
                                            throw new IllegalStateException("no such layer");
                                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no such layer");
        assertThat(Sample.version(store.open("skin"))).isEqualTo(1);
        assertThat(visible(models())).containsExactly("skin");
    }

    @Test
    void aFullDiskIsToldWithTheFreeBytesAndLeavesNothing() {
        BundleWriter full =
                folder -> {
                    Sample.writeFiles(folder, 1);
                    throw new FileSystemException(
                            folder.resolve("model.weights").toString(),
                            null,
                            "No space left on device");
                };
        assertThatThrownBy(() -> store.install("skin", full))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("install model skin")
                .hasMessageContaining("no space left")
                .hasMessageContaining("model.weights")
                .hasMessageContaining("bytes free");
        BundleWriter fullUnchecked =
                folder -> {
                    throw new UncheckedIOException(new IOException("Disk quota exceeded"));
                };
        assertThatThrownBy(() -> store.install("skin", fullUnchecked))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("no space left");
        assertThat(visible(models())).isEmpty();
    }

    @Test
    void aMissingPermissionIsToldWithItsPlace() {
        BundleWriter forbidden =
                folder -> {
                    throw new AccessDeniedException(folder.resolve("model.weights").toString());
                };
        assertThatThrownBy(() -> store.install("skin", forbidden))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("no permission for")
                .hasMessageContaining("model.weights");
        assertThat(visible(models())).isEmpty();
    }

    @Test
    void aModelThatCannotFitIsRefusedBeforeItsWriterBegins() {
        assertThatThrownBy(
                        () ->
                                store.install(
                                        "skin",
                                        Long.MAX_VALUE,
                                        folder -> {
                                            throw new AssertionError("began");
                                        }))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("needs 9223372036854775807 bytes")
                .hasMessageContaining("free");
    }

    @Test
    void whatIsNoModelIsNotInstalled() {
        assertRefused("not a regular file", folder -> Files.createDirectory(folder.resolve("sub")));
        assertRefused(
                "not a regular file",
                folder -> Files.createSymbolicLink(folder.resolve("x"), folder.resolve("y")));
        assertRefused(".hidden", folder -> Files.createFile(folder.resolve(".hidden")));
        assertRefused(
                "not among the files", folder -> Files.delete(folder.resolve("explain.onnx")));
    }

    @Test
    void aFileThatIsNotAsItsWriterKnewItIsRefused() {
        Manifest wrong =
                Sample.draft("skin")
                        .withFiles(
                                Map.of(
                                        "classify.onnx",
                                        new Manifest.FileEntry(10, "00".repeat(32))));
        assertThatThrownBy(
                        () ->
                                store.install(
                                        "skin",
                                        folder -> {
                                            Sample.writeFiles(folder, 1);
                                            return wrong;
                                        }))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("classify.onnx has 10 bytes with SHA-256")
                .hasMessageContaining("were expected");
        assertThat(store.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "Skin", ".x", "-x", "ünde", "a b", "x\n"})
    void namesThatCouldLeadElsewhereAreMisuse(String name) {
        assertThatThrownBy(() -> store.install(name, Sample.version("skin", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.open(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.remove(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.open("a".repeat(65)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void removingTakesTheModelAndItsPlaceAsDefault() {
        store.install("skin", Sample.version("skin", 1));
        store.useModel("image-classifier", "skin");
        assertThat(new BundleStore(home.resolve("not/there/yet")).defaultModel("image-classifier"))
                .contains("skin");
        store.remove("skin");
        assertThat(visible(models())).isEmpty();
        assertThat(store.defaultModel("image-classifier")).isEmpty();
        assertThatThrownBy(() -> store.remove("skin"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("no model skin");
    }

    @Test
    void onlyAModelOfTheKindCanBeItsDefault() {
        store.install("skin", Sample.version("skin", 1));
        assertThatThrownBy(() -> store.useModel("speech", "skin"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("of kind image-classifier, not speech");
        assertThatThrownBy(() -> store.useModel("speech", "voice"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("there are skin");
    }

    @Test
    void brokenDefaultsAreNamed() throws IOException {
        store.install("skin", Sample.version("skin", 1));
        Files.writeString(
                home.resolve("not/there/yet/defaults.json"), "{\"format\":1,\"models\":[]}");
        assertThatThrownBy(() -> store.defaultModel("image-classifier"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("defaults.json");
    }

    @Test
    void leftoversOfDeadProcessesAreCleanedByTheNextInstall() throws IOException {
        store.install("skin", Sample.version("skin", 1));
        for (String leftover : List.of(".installing-gone", ".removed-gone", ".replaced-skin")) {
            Files.createDirectories(models().resolve(leftover));
            Files.writeString(models().resolve(leftover).resolve("model.weights"), "half");
        }
        store.install("eyes", Sample.version("eyes", 1));
        assertThat(visible(models())).containsExactly("eyes", "skin");
    }

    @Test
    void theFolderOfALiveInstallIsLeftAlone() {
        store.install(
                "skin",
                folder -> {
                    Files.writeString(folder.resolve("mine"), "at work");
                    store.install("eyes", Sample.version("eyes", 1));
                    assertThat(folder.resolve("mine")).exists();
                    Sample.writeFiles(folder, 1);
                    return Sample.draft("skin");
                });
        assertThat(visible(models())).containsExactly("eyes", "skin");
    }

    @Test
    void aSecondWriterThatWaitsTooLongSaysSo() {
        Path place = home.resolve("not/there/yet");
        BundleStore hasty = new BundleStore(place, Disk.REAL, Duration.ofMillis(50));
        store.install(
                "skin",
                folder -> {
                    assertThatThrownBy(() -> hasty.install("skin", Sample.version("skin", 2)))
                            .isInstanceOf(BundleException.class)
                            .hasMessageContaining("another thread of this process")
                            .hasMessageContaining("try again");
                    Sample.writeFiles(folder, 1);
                    return Sample.draft("skin");
                });
        assertThat(Sample.version(store.open("skin"))).isEqualTo(1);
    }

    /** Does something to a folder that holds a whole model. */
    private interface Damage {
        void to(Path folder) throws IOException;
    }

    private void assertRefused(String message, Damage damage) {
        assertThatThrownBy(
                        () ->
                                store.install(
                                        "skin",
                                        folder -> {
                                            Sample.writeFiles(folder, 1);
                                            damage.to(folder);
                                            return Sample.draft("skin");
                                        }))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining(message);
        assertThat(visible(models())).isEmpty();
    }

    private Path models() {
        return home.resolve("not/there/yet/models");
    }

    private static List<String> visible(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
