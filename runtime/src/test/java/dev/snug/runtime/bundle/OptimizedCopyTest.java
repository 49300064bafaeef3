package dev.snug.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The oracle: a copy is found exactly when it is whole and made from this state of the model. */
final class OptimizedCopyTest {
    @TempDir Path home;

    private BundleStore store;

    @BeforeEach
    void open() {
        store = new BundleStore(home);
    }

    @Test
    void anOptimisedCopyIsMadeOnceAndBelongsToOneStateOfTheModel() {
        Bundle bundle = store.install("skin", Sample.version("skin", 1));
        AtomicInteger made = new AtomicInteger();
        BundleWriter writer =
                folder -> {
                    made.incrementAndGet();
                    Sample.writeFiles(folder, 7);
                    return bundle.manifest().withFiles(Map.of());
                };
        assertThat(bundle.optimized("ort1-avx2")).isEmpty();
        Bundle copy = store.installOptimized(bundle, "ort1-avx2", writer);
        assertThat(store.installOptimized(bundle, "ort1-avx2", writer).folder())
                .isEqualTo(copy.folder());
        assertThat(made).hasValue(1);
        assertThat(Sample.version(copy)).isEqualTo(7);
        assertThat(copy.folder()).isEqualTo(bundle.folder().resolve("optimized-ort1-avx2"));
        assertThat(copy.manifest().sourceSha256()).isEqualTo(bundle.manifestSha256());
        assertThat(Sample.version(store.open("skin"))).as("the model itself").isEqualTo(1);
        assertThat(bundle.optimized("ort2-avx2")).isEmpty();
        assertThat(store.install("skin", Sample.version("skin", 2)).optimized("ort1-avx2"))
                .isEmpty();
    }

    @Test
    void aBrokenOptimisedCopyCountsAsNoneAndIsMadeAgain() throws IOException {
        Bundle bundle = store.install("skin", Sample.version("skin", 1));
        BundleWriter writer =
                folder -> {
                    Sample.writeFiles(folder, 7);
                    return bundle.manifest().withFiles(Map.of());
                };
        Bundle copy = store.installOptimized(bundle, "k", writer);
        Files.delete(copy.file("explain.onnx"));
        assertThat(bundle.optimized("k")).isEmpty();
        assertThat(Sample.version(store.installOptimized(bundle, "k", writer))).isEqualTo(7);
    }

    @Test
    void aCopyIsNotAddedToAModelThatWasReplaced() {
        Bundle old = store.install("skin", Sample.version("skin", 1));
        store.install("skin", Sample.version("skin", 2));
        assertThatThrownBy(() -> store.installOptimized(old, "k", Sample.version("skin", 3)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("open it again");
    }
}
