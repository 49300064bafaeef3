package dev.snug.vision;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;

import java.nio.file.Path;
import java.util.List;

/** The small Keras models of the tests, installed in a folder of the test's own. */
public final class Imported {
    /** What {@link #tiny} takes, its own first; 573,235 parameters. */
    public static final List<Integer> SIDES = List.of(96, 128, 64);

    private Imported() {}

    /** EfficientNetV2 of seven classes, for pictures of three sizes. */
    public static Bundle tiny(Path home) {
        return install(home, "tiny_efficientnetv2", SIDES);
    }

    /** A golden model for pictures of {@code sides}, its own where there are none. */
    public static Bundle install(Path home, String model, List<Integer> sides) {
        String file = model + ".keras";
        return ClassifierImport.run(
                new ClassifierImport.Request(
                        Golden.file("keras-vision/" + file),
                        model,
                        file,
                        null,
                        sides,
                        ClassifierSettings.DEFAULT),
                new BundleStore(home),
                "test",
                _ -> {});
    }

    /** A small PNG. */
    public static Path picture() {
        return Golden.file("keras-vision/picture_0.png");
    }
}
