package dev.snug.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code bench/peers/prepare} made: environments and models.
 *
 * @param root the checkout
 * @param folder what it was made in
 */
record Folder(Path root, Path folder) {
    Path model(String name) {
        return folder.resolve("models").resolve(name);
    }

    Path script(String name) {
        return root.resolve("bench/peers").resolve(name);
    }

    Path python(String environment) {
        return folder.resolve("venvs").resolve(environment).resolve("bin/python");
    }

    /** Why a row cannot run: what is not there, and what was said when it was to be made. */
    Optional<String> missing(String environment, Path... needed) throws IOException {
        for (Path path :
                Stream.concat(Stream.of(python(environment)), Stream.of(needed)).toList()) {
            if (!Files.exists(path)) {
                Path why = folder.resolve("why").resolve(environment);
                return Optional.of(
                        Files.exists(why)
                                ? Files.readString(why).strip()
                                : "no " + path.getFileName());
            }
        }
        return Optional.empty();
    }

    /** Everything that a script of an environment maps, besides its model. */
    List<Path> files(String environment) throws IOException {
        Path python = python(environment);
        if (!Files.exists(python)) {
            return List.of();
        }
        Path real = python.toRealPath();
        String version = real.getFileName().toString();
        Path library = real.resolveSibling("../lib").normalize();
        List<Path> files = new ArrayList<>(List.of(real, script("")));
        files.add(folder.resolve("venvs").resolve(environment));
        try (Stream<Path> entries = Files.list(library)) {
            entries.filter(entry -> entry.getFileName().toString().contains(version))
                    .forEach(files::add);
        }
        return files;
    }

    /** The versions that are pinned: package to version. */
    Map<String, String> pins() throws IOException {
        Map<String, String> pins = new HashMap<>();
        List<Path> files;
        try (Stream<Path> entries = Files.list(root.resolve("bench/peers"))) {
            files = entries.filter(file -> file.toString().endsWith(".txt")).toList();
        }
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.strip().split("==", 2);
                if (parts.length == 2) {
                    pins.put(parts[0], parts[1]);
                }
            }
        }
        return pins;
    }
}
