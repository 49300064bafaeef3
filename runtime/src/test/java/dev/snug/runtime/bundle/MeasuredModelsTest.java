package dev.snug.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.bundle.Measured.Figures;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where measurements go. The oracle is what another store over the same folders reads back. */
final class MeasuredModelsTest {
    private static final Configuration SHORT =
            Configuration.of("speak").with("threads", 1).with("frames", 375);
    private static final Configuration LONG = SHORT.with("frames", 750);
    private static final Figures FIGURES = new Figures(100, 60, 45, 2_000_000, 150_000);

    @TempDir private Path folder;

    private Path home;
    private BundleStore store;
    private MeasuredModels models;

    @BeforeEach
    void install() {
        home = folder.resolve("home");
        store = new BundleStore(home);
        models = new MeasuredModels(home);
        store.install("mine", Sample.version("mine", 1));
    }

    private Measured read(String name) {
        BundleStore again = new BundleStore(home, Optional.of(folder.resolve("factory/models")));
        return new MeasuredModels(home).of(again.open(name).manifest());
    }

    @Test
    void aConfigurationIsTextWithItsSettingsInOrderAndBack() {
        assertThat(SHORT.toString()).isEqualTo("speak.frames=375.threads=1");
        assertThat(Configuration.parse("speak.threads=1.frames=375")).isEqualTo(SHORT);
        assertThat(SHORT.whole("frames", 0)).isEqualTo(375);
        assertThatThrownBy(() -> Configuration.parse("speak.frames"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'frames'");
        assertThatThrownBy(() -> SHORT.with("a b", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void figuresOfAnOwnModelStandInItsManifest() throws Exception {
        models.add(store.open("mine"), Measured.NONE.with(SHORT, FIGURES));
        models.add(store.open("mine"), Measured.NONE.with(LONG, FIGURES));

        String manifest = Files.readString(home.resolve("models/mine/manifest.json"));
        assertThat(manifest)
                .contains("\"speak.frames=375.threads=1.anonymous\" : 60")
                .contains("\"speak.frames=375.threads=1.cpu\" : 2000000");
        assertThat(read("mine").configurations()).containsExactly(SHORT, LONG);
        assertThat(read("mine").figures(SHORT)).contains(FIGURES);
        assertThat(home.resolve("measured")).doesNotExist();
    }

    @Test
    void newerFiguresReplaceOlderOnesAndWhatAnImportMeasuredStays() {
        Measured imported = new Measured(Map.of("velocity.load.anonymous", 5L), Map.of());
        models.add(store.open("mine"), imported.with(SHORT, FIGURES));
        Figures newer = new Figures(90, 50, 45, 1, 1);
        models.add(store.open("mine"), Measured.NONE.with(SHORT, newer));

        assertThat(read("mine").figures(SHORT)).contains(newer);
        assertThat(read("mine").bytes()).containsEntry("velocity.load.anonymous", 5L);
        assertThat(read("mine").configurations()).containsExactly(SHORT);
    }

    @Test
    void aProcessThatHasTheModelOpenGoesOnAndItsFilesAreStillVouchedFor() {
        Bundle open = store.open("mine");
        models.add(store.open("mine"), Measured.NONE.with(SHORT, FIGURES));

        String file = open.manifest().files().keySet().iterator().next();
        assertThat(open.file(file)).exists();
        store.open("mine").verify(Progress.NONE);
        store.install("mine", Sample.version("mine", 2));
        assertThatThrownBy(() -> open.file(file))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("removed or replaced");
    }

    @Test
    void anOptimisedCopyStaysCurrent() {
        Bundle before = store.open("mine");
        store.installOptimized(
                before,
                "avx2",
                into -> {
                    Sample.writeFiles(into, 7);
                    return before.manifest().withFiles(Map.of());
                });
        models.add(store.open("mine"), Measured.NONE.with(SHORT, FIGURES));

        assertThat(store.open("mine").optimized("avx2")).isPresent();
    }

    @Test
    void figuresOfAShippedModelStandBesideInTheHomeAndEndWithTheModel() throws Exception {
        Path factory = folder.resolve("factory");
        new BundleStore(factory).install("small", Sample.version("small", 1));
        BundleStore both = new BundleStore(home, Optional.of(factory.resolve("models")));
        byte[] manifest = Files.readAllBytes(factory.resolve("models/small/manifest.json"));

        models.add(both.open("small"), Measured.NONE.with(SHORT, FIGURES));

        assertThat(factory.resolve("models/small/manifest.json")).hasBinaryContent(manifest);
        assertThat(home.resolve("measured/small.json")).exists();
        assertThat(read("small").figures(SHORT)).contains(FIGURES);

        new BundleStore(factory).install("small", into -> Sample.version("small", 2).write(into));
        assertThat(read("small").configurations()).as("of another model").isEmpty();
    }

    @Test
    void aDamagedSideFileSaysWhatToDo() throws Exception {
        Files.createDirectories(home.resolve("measured"));
        Files.writeString(home.resolve("measured/mine.json"), "{");

        assertThatThrownBy(() -> read("mine"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("mine.json")
                .hasMessageEndingWith("Delete it, and measure the model again");
    }
}
