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
     * @param output what the user asked for; null for the current folder
     * @param pictures how many pictures there are: several need a folder
     */
    HeatMapFiles(@Nullable Path output, int pictures) {
        this.output = output;
        this.outputIsFolder =
                output != null
                        && (pictures > 1
                                || Files.isDirectory(output)
                                || output.toString().endsWith("/"));
        if (output != null && pictures > 1 && Files.exists(output) && !Files.isDirectory(output)) {
            throw new UsageException(
                    output + " is a file; for " + pictures + " pictures -o must name a folder");
        }
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
