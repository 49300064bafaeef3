package dev.snug.cli;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Where a file for each picture goes: one for one, or a folder, with names that never meet. */
final class PictureFiles {
    private final String ending;
    private final @Nullable Path output;
    private final boolean outputIsFolder;
    private final Set<Path> taken = new HashSet<>();

    /**
     * @param option that asks for them, for complaints
     * @param ending of the names in a folder, behind the picture's: {@code .heatmap.png}
     * @param output what the user asked for: a folder where one stands or the text ends with a
     *     slash; null for the current folder
     * @param pictures how many pictures there are: several need a folder, or a place that is
     *     written through, such as {@code /dev/null}
     */
    PictureFiles(String option, String ending, @Nullable String output, int pictures) {
        this.ending = ending;
        this.output = output == null ? null : Path.of(output);
        this.outputIsFolder = output == null || isFolder(option, output, pictures);
    }

    private static boolean isFolder(String option, String output, int pictures) {
        Path path = Path.of(output);
        boolean wanted = pictures > 1 || output.endsWith("/");
        if (wanted && Files.isRegularFile(path)) {
            throw new UsageException(
                    "%s %s names a file that exists; several pictures, and a path ending in /, need a folder"
                            .formatted(option, output));
        }
        return Files.isDirectory(path) || (wanted && !Files.exists(path));
    }

    /** The place of what is written for {@code picture}; another one with each call. */
    Path of(Path picture) {
        if (output != null && !outputIsFolder) {
            return output;
        }
        Path folder = output == null ? Path.of("") : output;
        String base = base(picture);
        Path target = folder.resolve(base + ending);
        for (int number = 2; !taken.add(target); number++) {
            target = folder.resolve(base + "-" + number + ending);
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
