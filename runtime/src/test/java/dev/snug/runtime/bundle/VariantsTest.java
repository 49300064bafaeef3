package dev.snug.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.bundle.Manifest.Variant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Models in several precisions, in a store on a real disk. */
class VariantsTest {
    private static final String KIND = "image-classifier";

    @TempDir private Path home;
    private BundleStore store;

    @BeforeEach
    void install() {
        store = new BundleStore(home);
        store.install("skin", Sample.version("skin", 1));
        variant("skin:int8");
    }

    private void variant(String name) {
        Manifest base = store.open("skin").manifest();
        store.install(
                name,
                folder -> {
                    Sample.writeFiles(folder, 2);
                    return base.asVariant(name, new Variant("int8", 1), base.graphs());
                });
    }

    @Test
    void aVariantIsOpenedAndListedByItsName() {
        assertThat(store.open("skin:int8").manifest().name()).isEqualTo("skin:int8");
        assertThat(store.list()).extracting(Listing::name).containsExactly("skin", "skin:int8");
        assertThat(store.variants("skin")).containsExactly("skin:int8");
        assertThat(home.resolve("models/skin+int8")).isDirectory();
    }

    @Test
    void theModelItselfAnswersUntilAVariantIsChosenAndAgainAfterwards() {
        assertThat(AnsweringModel.of(store, KIND)).contains(new AnsweringModel("skin", false));
        store.useModel(KIND, "skin:int8");
        assertThat(AnsweringModel.of(store, KIND)).contains(new AnsweringModel("skin:int8", false));
        store.useModel(KIND, "skin");
        assertThat(AnsweringModel.of(store, KIND)).contains(new AnsweringModel("skin", false));
    }

    @Test
    void variantsGoWithTheirModel() {
        store.remove("skin");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aVariantOfAModelThatWasReplacedIsRefusedWithTheWayOut() {
        Manifest other = Sample.draft("skin").withSourceSha256("cd".repeat(32));
        store.install(
                "skin",
                folder -> {
                    Sample.writeFiles(folder, 3);
                    return other;
                });
        assertThatThrownBy(() -> store.open("skin:int8"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("snug quantize skin --to int8");
        assertThat(store.open("skin").manifest().name()).isEqualTo("skin");
    }

    @Test
    void whatWasComparedIsKeptAndReadBack() {
        MeasuredModels measured = new MeasuredModels(home);
        Map<String, Double> quality = Map.of("cases", 35.0, "top1_agreement", 34 / 35.0);
        measured.add(store.open("skin:int8"), Measured.NONE.withQuality(quality));

        assertThat(measured.of(store.open("skin:int8").manifest()).quality()).isEqualTo(quality);
        measured.add(store.open("skin:int8"), new Measured(Map.of("a", 1L), Map.of()));
        assertThat(measured.of(store.open("skin:int8").manifest()).quality()).isEqualTo(quality);
    }

    @Test
    void namesLeadNowhereElse() {
        for (String name : List.of("skin:", ":int8", "skin:int8:fp16", "skin:../x", "skin+int8")) {
            assertThatThrownBy(() -> store.open(name))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
