package dev.snug.cli;

import dev.snug.cli.compare.CaseFiles;
import dev.snug.cli.compare.Comparison;
import dev.snug.cli.compare.ComparisonJson;
import dev.snug.cli.compare.ComparisonPage;
import dev.snug.cli.compare.KeptQuality;
import dev.snug.cli.language.Language;
import dev.snug.runtime.bundle.WholeFile;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Where a comparison is written beside standard output: one page, a folder with the page, figures
 * and every case's pictures or sound, or nowhere. It appears whole or not at all.
 *
 * @param target null for nowhere
 */
record ComparisonOutput(@Nullable Path target, boolean isPage, Language language) {
    private static final String PAGE = "report.html";
    private static final String FIGURES = "report.json";

    /**
     * Where {@code path} says, checked before the work begins.
     *
     * @throws UsageException when something is there that is not to be replaced
     */
    static ComparisonOutput of(@Nullable Path path, Language language) throws IOException {
        if (path == null) {
            return new ComparisonOutput(null, false, language);
        }
        boolean isPage = path.toString().toLowerCase(Locale.ROOT).endsWith(".html");
        if (isPage && Files.isDirectory(path)) {
            throw new UsageException(path + " is a folder; name a file in it");
        }
        if (!isPage && Files.exists(path) && !isEmptyFolder(path)) {
            throw new UsageException(
                    path
                            + " is there already and not an empty folder; name a new one, or a file"
                            + " that ends in .html");
        }
        return new ComparisonOutput(path, isPage, language);
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            return !files.iterator().hasNext();
        }
    }

    /** A folder on the disk that is written to; the temporary one where nothing is. */
    Path nearby() {
        Path parent = target == null ? null : target.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of(System.getProperty("java.io.tmpdir")) : parent;
    }

    /**
     * Writes.
     *
     * @param scratch a folder in {@link #nearby}
     */
    void write(Comparison comparison, KeptQuality kept, ComparedSides sides, Path scratch)
            throws IOException {
        if (target == null) {
            return;
        }
        ComparisonPage page =
                new ComparisonPage(
                        comparison, kept, sides.a().files(), sides.b().files(), language);
        if (isPage) {
            WholeFile.write(target, page::write);
            return;
        }
        Path folder = Files.createDirectory(scratch.resolve("result"));
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(folder.resolve(PAGE)))) {
            page.write(out);
        }
        try (PrintStream out =
                new PrintStream(folder.resolve(FIGURES).toFile(), StandardCharsets.UTF_8)) {
            JsonLines.write(out, new ComparisonJson(comparison, kept)::write);
        }
        for (SideRun side : List.of(sides.a(), sides.b())) {
            move(side, sides.cases().cases().size(), folder);
        }
        Files.move(folder, target.toAbsolutePath().normalize(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** As {@code 007.skin+int8.png}: a colon is no part of a name on every system. */
    private static void move(SideRun side, int cases, Path folder) throws IOException {
        String model = side.side().model().replace(':', '+');
        for (int number = 0; number < cases; number++) {
            CaseFiles files = side.files();
            for (Path file : List.of(files.overlay(number), files.sound(number))) {
                if (Files.exists(file)) {
                    String name = String.valueOf(file.getFileName());
                    String ending = name.substring(name.lastIndexOf('.'));
                    Files.move(
                            file,
                            folder.resolve(
                                    String.format(
                                            Locale.ROOT, "%03d.%s%s", number + 1, model, ending)));
                }
            }
        }
    }
}
