package dev.snug.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A store with models that ship with Snug. The oracle is which version of a model is opened, and
 * the state of both folders.
 */
final class ShippedModelsTest {
    @TempDir private Path folder;

    private Path home;
    private Path shipped;
    private BundleStore store;

    @BeforeEach
    void ship() {
        home = folder.resolve("home");
        shipped = folder.resolve("factory/models");
        new BundleStore(folder.resolve("factory")).install("voice", Sample.version("voice", 1));
        store = new BundleStore(home, Optional.of(shipped));
    }

    @Test
    void aShippedModelIsFoundAndReadingCreatesNothing() {
        assertThat(store.contains("voice")).isTrue();
        assertThat(Sample.version(store.open("voice"))).isEqualTo(1);
        store.open("voice").verify(Progress.NONE);
        assertThat(store.list())
                .extracting(Listing::name, Listing::origin)
                .containsExactly(tuple("voice", Origin.SHIPPED));
        assertThatThrownBy(() -> store.open("other"))
                .hasMessageContaining("there is no model other in ")
                .hasMessageEndingWith("there are voice");
        assertThat(home).doesNotExist();
    }

    @Test
    void itIsFoundAtOnceBecauseNoWriterIsWaitedFor() {
        store.open("voice");
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            store.open("voice");
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(fastest))
                .as("milliseconds of the fastest; thirty waits take 60")
                .isLessThan(60);
    }

    @Test
    void anOwnModelOfTheSameNameWinsUntilItIsRemoved() {
        store.install("voice", Sample.version("voice", 2));

        assertThat(Sample.version(store.open("voice"))).isEqualTo(2);
        assertThat(store.list())
                .extracting(Listing::name, Listing::origin)
                .containsExactly(tuple("voice", Origin.OWN_BEFORE_SHIPPED));
        store.remove("voice");
        assertThat(Sample.version(store.open("voice"))).isEqualTo(1);
        assertThat(store.list()).extracting(Listing::origin).containsExactly(Origin.SHIPPED);
    }

    @Test
    void anOwnModelThatIsBrokenIsNotReplacedByTheShippedOne() throws IOException {
        store.install("voice", Sample.version("voice", 2));
        Files.delete(home.resolve("models/voice/model.weights"));

        assertThatThrownBy(() -> store.open("voice"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("model.weights")
                .hasMessageNotContaining("ships");
    }

    @Test
    void itIsNeverRemovedOrWrittenBeside() throws IOException {
        assertThatThrownBy(() -> store.remove("voice"))
                .isInstanceOf(BundleException.class)
                .hasMessageStartingWith("cannot remove model voice: it ships with Snug");
        Bundle bundle = store.open("voice");
        assertThatThrownBy(
                        () ->
                                store.installOptimized(
                                        bundle,
                                        "ort1",
                                        _ -> {
                                            throw new AssertionError("nothing is to be written");
                                        }))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("it ships with Snug");
        try (var files = Files.list(shipped)) {
            assertThat(files).containsExactly(shipped.resolve("voice"));
        }
        assertThat(shipped.resolve("voice/optimized-ort1")).doesNotExist();
        assertThat(home).doesNotExist();
    }

    @Test
    void itCanBeTheDefault() {
        store.useModel("image-classifier", "voice");

        assertThat(store.defaultModel("image-classifier")).hasValue("voice");
        assertThatThrownBy(() -> store.useModel("text-to-speech", "voice"))
                .hasMessageContaining("is of kind image-classifier");
    }

    @Test
    void oneChangedByteIsToldWithTheRemedy() throws IOException {
        Path weights = shipped.resolve("voice/model.weights");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);

        assertThatThrownBy(() -> store.open("voice"))
                .isInstanceOf(BundleException.class)
                .hasMessageStartingWith("the model voice that ships with Snug cannot be used: ")
                .hasMessageContaining("is not the file that was installed")
                .hasMessageEndingWith(
                        "Restore " + shipped.resolve("voice") + " as it came with Snug");
    }

    @Test
    void aCopyOfTheFolderIsHashedAndOpens() throws IOException {
        Path models = folder.resolve("copy");
        Path copy = Files.createDirectories(models.resolve("voice"));
        try (var files = Files.list(shipped.resolve("voice"))) {
            for (Path file : files.filter(f -> !f.endsWith(Stamp.FILE_NAME)).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        BundleStore other = new BundleStore(home, Optional.of(models));

        assertThat(Sample.version(other.open("voice"))).isEqualTo(1);
        Files.write(copy.resolve("model.weights"), new byte[Sample.WEIGHT_BYTES]);
        assertThatThrownBy(() -> other.open("voice")).hasMessageContaining("model.weights");
    }

    @Test
    void aRenamedFolderIsToldAndNotOpened() throws IOException {
        Files.move(shipped.resolve("voice"), shipped.resolve("speech"));

        assertThat(store.list())
                .satisfiesExactly(listed -> assertThat(listed).isInstanceOf(Listing.Broken.class));
        assertThatThrownBy(() -> store.open("speech"))
                .hasMessageContaining("the folder holds the model voice");
    }

    @Test
    void withoutTheFolderThereAreNone() {
        BundleStore none = new BundleStore(home, Optional.of(folder.resolve("nowhere")));

        assertThat(none.list()).isEmpty();
        assertThat(none.contains("voice")).isFalse();
        assertThatThrownBy(() -> none.open("voice")).hasMessageContaining("nor any other");
    }
}
