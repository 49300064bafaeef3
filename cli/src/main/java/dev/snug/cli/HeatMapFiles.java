package dev.snug.cli;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.Overlay;
import dev.snug.vision.picture.Picture;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** The heat maps of a command, each over its picture, as PNG. */
final class HeatMapFiles {
    private final PictureFiles files;

    /**
     * @param output what the user asked for; null for the current folder
     * @param pictures how many pictures there are
     */
    HeatMapFiles(@Nullable String output, int pictures) {
        files = new PictureFiles("-o", ".heatmap.png", output, pictures);
    }

    /** Writes the overlay; null when there is no map or nothing stands out in it. */
    @Nullable Path write(Path file, Picture picture, @Nullable HeatMap map, ColorMap colours) {
        if (map == null || map.nothingStandsOut()) {
            return null;
        }
        Path target = files.of(file);
        Overlay overlay = new Overlay(picture, map.values(), map.height(), map.width(), colours);
        WholeFile.write(target, overlay::writePng);
        return target;
    }
}
