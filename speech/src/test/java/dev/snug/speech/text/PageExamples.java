package dev.snug.speech.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The examples of docs/markup.md: lines of the fenced blocks of one kind. */
public final class PageExamples {
    private PageExamples() {}

    /** The lines of all blocks that begin with three backticks and {@code kind}. */
    public static List<String> of(String kind) throws IOException {
        Path page = Path.of(System.getProperty("snug.root", ".."), "docs", "markup.md");
        List<String> lines =
                Pattern.compile("(?s)```" + kind + "\n(.*?)```")
                        .matcher(Files.readString(page))
                        .results()
                        .flatMap(block -> block.group(1).lines())
                        .toList();
        if (lines.isEmpty()) {
            throw new IllegalStateException("docs/markup.md has no block of " + kind);
        }
        return lines;
    }
}
