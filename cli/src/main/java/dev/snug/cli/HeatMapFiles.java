package dev.snug.cli;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.Overlay;
import dev.snug.vision.picture.Picture;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Where heat maps go: one file for one picture, or a folder, with names that never meet. */
final class HeatMapFiles {
    private static final String ENDING = ".heatmap";

    private final @Nullable Path output;
    private final boolean outputIsFolder;
    private final Set<Path> taken = new HashSet<>();

    /**
     * @param output what the user asked for: a folder where one stands or the text ends with a
     *     slash; null for the current folder
     * @param pictures how many pictures there are: several need a folder, or a place that is
     *     written through, such as {@code /dev/null}
     */
    HeatMapFiles(@Nullable String output, int pictures) {
        this.output = output == null ? null : Path.of(output);
        this.outputIsFolder = output == null || isFolder(output, pictures);
    }

    private static boolean isFolder(String output, int pictures) {
        Path path = Path.of(output);
        boolean wanted = pictures > 1 || output.endsWith("/");
        if (wanted && Files.isRegularFile(path)) {
            throw new UsageException(
                    "-o %s names a file that exists; several pictures, and a path ending in /, need a folder"
                            .formatted(output));
        }
        return Files.isDirectory(path) || (wanted && !Files.exists(path));
    }

    /** Writes the overlay; null when there is no map or nothing stands out in it. */
    @Nullable Path write(Path file, Picture picture, @Nullable HeatMap map, ColorMap colours) {
        if (map == null || map.nothingStandsOut()) {
            return null;
        }
        Path target = target(file);
        Overlay overlay = new Overlay(picture, map.values(), map.height(), map.width(), colours);
        WholeFile.write(target, overlay::writePng);
        return target;
    }

    private Path target(Path file) {
        if (output != null && !outputIsFolder) {
            return output;
        }
        Path folder = output == null ? Path.of("") : output;
        String base = base(file);
        Path target = folder.resolve(base + ENDING + ".png");
        for (int number = 2; !taken.add(target); number++) {
            target = folder.resolve(base + "-" + number + ENDING + ".png");
        }
        return target;
    }

    private static String base(Path file) {
        Path name = file.getFileName();
        String text = name == null ? "picture" : name.toString();
        int dot = text.lastIndexOf('.');
        return dot > 0 ? text.substring(0, dot) : text;
    }
}
