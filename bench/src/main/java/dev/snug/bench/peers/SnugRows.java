package dev.snug.bench.peers;

import dev.snug.bench.Snug;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.ModelName;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What the rows of Snug have in common. */
final class SnugRows {
    private SnugRows() {}

    /** The model {@code base} where it is installed, and its variants. */
    static List<String> models(Snug snug, String base) {
        BundleStore store = new BundleStore(snug.home());
        List<String> models = new ArrayList<>();
        if (store.contains(base)) {
            models.add(base);
        }
        models.addAll(store.variants(base));
        return models;
    }

    static String precision(String model) {
        return ModelName.of(model).precision().orElse("fp32");
    }

    /** Everything that the command maps. */
    static List<Path> files(Snug snug, String model) {
        return List.of(
                snug.jdk(),
                snug.root().resolve("cli/target/dist"),
                new BundleStore(snug.home()).open(model).folder());
    }

    static Map<String, String> environment(Snug snug) {
        return Map.of(
                "SNUG_HOME",
                snug.home().toString(),
                "SNUG_JAVA_HOME",
                snug.jdk().toString(),
                "SNUG_NO_BUILD",
                "1");
    }

    /** The command is told what the kernel will enforce. */
    static void addLimit(List<String> line, OptionalInt limitMib) {
        limitMib.ifPresent(mib -> line.add("--memory=" + mib + "MiB"));
    }
}
