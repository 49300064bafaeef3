package dev.snug.speech.text.normalize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Files of {@code written~spoken} lines under src/test/resources/normalize. */
final class CaseFiles {
    private static final Path ROOT =
            Path.of(System.getProperty("snug.root", ".."), "speech/src/test/resources/normalize");

    /** One line; {@code file} without its ending. */
    record Case(String file, String written, String spoken) {}

    private CaseFiles() {}

    static List<Case> in(String folder) {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                String name = file.getFileName().toString().replace(".txt", "");
                for (String line : Files.readAllLines(file)) {
                    int tilde = line.lastIndexOf('~');
                    if (tilde > 0) {
                        cases.add(
                                new Case(
                                        name, line.substring(0, tilde), line.substring(tilde + 1)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    static List<String> lines(String file) {
        try {
            return Files.readAllLines(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Case and punctuation dropped. */
    static String folded(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[.,!?;:]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
