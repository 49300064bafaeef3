package dev.snug.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process that dies is simulated by a disk that obeys n times and then never again, not even to
 * tidy up; n runs until the work is done. The oracle: whoever comes next opens the old model or the
 * new one, whole, and the next install leaves nothing behind. One test kills a real process.
 */
final class CrashTest {
    @TempDir Path home;

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** The real disk for {@code left} changes. */
    private static final class DyingDisk implements Disk {
        private int left;

        DyingDisk(int left) {
            this.left = left;
        }

        private void live() {
            if (left-- <= 0) {
                throw new Killed();
            }
        }

        @Override
        public void createFolder(Path folder) throws IOException {
            live();
            Disk.REAL.createFolder(folder);
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            live();
            Disk.REAL.move(from, to);
        }

        @Override
        public void sync(Path path) throws IOException {
            live();
            Disk.REAL.sync(path);
        }

        @Override
        public void deleteTree(Path root) throws IOException {
            live();
            Disk.REAL.deleteTree(root);
        }
    }

    private BundleStore dying(int changes) {
        return new BundleStore(home, new DyingDisk(changes), Duration.ofSeconds(1));
    }

    @Test
    void whereverAnInstallDiesAWholeModelIsVisible() throws IOException {
        BundleStore store = new BundleStore(home);
        boolean done = false;
        boolean oldSeen = false;
        int changes = 0;
        for (; !done; changes++) {
            store.install("skin", Sample.version("skin", 1));
            try {
                dying(changes).install("skin", Sample.version("skin", 2));
                done = true;
            } catch (Killed e) {
                assertThat(store.list()).allMatch(Listing.Whole.class::isInstance);
                assertThat(store.list()).extracting(Listing::name).contains("skin");
            }
            int version = Sample.version(store.open("skin"));
            assertThat(version).isIn(1, 2);
            oldSeen |= version == 1;
            store.install("eyes", Sample.version("eyes", 3));
            assertOnly("eyes", "skin");
        }
        assertThat(oldSeen).isTrue();
        assertThat(changes).as("steps at which it can die").isGreaterThan(8);
        assertThat(Sample.version(store.open("skin"))).isEqualTo(2);
    }

    @Test
    void whereverARemovalDiesTheModelIsWholeOrGone() throws IOException {
        BundleStore store = new BundleStore(home);
        boolean done = false;
        for (int changes = 0; !done; changes++) {
            store.install("skin", Sample.version("skin", 1));
            try {
                dying(changes).remove("skin");
                done = true;
            } catch (Killed e) {
                assertThat(store.list())
                        .hasSizeLessThan(2)
                        .allMatch(Listing.Whole.class::isInstance);
            }
        }
        store.install("eyes", Sample.version("eyes", 1));
        assertOnly("eyes");
    }

    @Test
    void whereverOptimisingDiesTheModelIsWholeAndTheCopyIsWholeOrMissing() {
        BundleStore store = new BundleStore(home);
        Bundle bundle = store.install("skin", Sample.version("skin", 1));
        boolean done = false;
        for (int changes = 0; !done; changes++) {
            try {
                dying(changes).installOptimized(bundle, "key" + changes, Sample.version("skin", 5));
                done = true;
            } catch (Killed e) {
                bundle.optimized("key" + changes)
                        .ifPresent(copy -> assertThat(Sample.version(copy)).isEqualTo(5));
            }
            assertThat(Sample.version(store.open("skin"))).isEqualTo(1);
        }
    }

    @Test
    @Timeout(30)
    void readersSeeWholeModelsWhileOneIsReplacedAgainAndAgain() throws Exception {
        BundleStore store = new BundleStore(home);
        store.install("skin", Sample.version("skin", 0));
        AtomicBoolean done = new AtomicBoolean();
        Callable<Integer> reader =
                () -> {
                    int opened = 0;
                    while (!done.get()) {
                        Bundle bundle = new BundleStore(home).open("skin");
                        assertThat(bundle.manifest().name()).isEqualTo("skin");
                        assertThat(new BundleStore(home).list())
                                .singleElement()
                                .isInstanceOf(Listing.Whole.class);
                        opened++;
                    }
                    return opened;
                };
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> readers = List.of(threads.submit(reader), threads.submit(reader));
            try {
                for (int version = 1; version <= 25; version++) {
                    store.install("skin", Sample.version("skin", version));
                }
            } finally {
                done.set(true);
            }
            for (Future<Integer> opened : readers) {
                assertThat(opened.get()).isGreaterThan(5);
            }
        }
        assertOnly("skin");
    }

    @Test
    void manyWritersOfOneModelTakeTurns() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Bundle>> writers =
                    threads.invokeAll(
                            List.of(writer(1), writer(2), writer(3), writer(4)),
                            20,
                            TimeUnit.SECONDS);
            int whole = 0;
            for (Future<Bundle> writer : writers) {
                whole += writer.get().manifest().name().equals("skin") ? 1 : 0;
            }
            assertThat(whole).isEqualTo(4);
        }
        assertThat(Sample.version(new BundleStore(home).open("skin"))).isBetween(1, 4);
        assertOnly("skin");
    }

    private Callable<Bundle> writer(int version) {
        return () -> new BundleStore(home).install("skin", Sample.version("skin", version));
    }

    @Test
    @Timeout(30)
    void anotherProcessKeepsItsTurnUntilItIsKilled() throws Exception {
        new BundleStore(home).install("skin", Sample.version("skin", 1));
        Process other = SlowInstaller.start(home);
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("filling");
            BundleStore hasty = new BundleStore(home, Disk.REAL, Duration.ofMillis(100));
            assertThatThrownBy(() -> hasty.install("skin", Sample.version("skin", 2)))
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("process " + other.pid());
            assertThat(Sample.version(hasty.open("skin"))).isEqualTo(1);
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(home.resolve("models/.installing-skin")).exists();
        Bundle next = new BundleStore(home).install("skin", Sample.version("skin", 3));
        assertThat(Sample.version(next)).isEqualTo(3);
        assertOnly("skin");
    }

    private void assertOnly(String... names) throws IOException {
        try (var paths = Files.list(home.resolve("models"))) {
            assertThat(paths.map(path -> path.getFileName().toString()).sorted())
                    .containsExactly(names);
        }
    }
}
