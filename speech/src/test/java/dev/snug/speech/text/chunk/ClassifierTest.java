package dev.snug.speech.text.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What kind of cut each gap is. The oracle is gaps.txt, written by hand. */
final class ClassifierTest {
    @Test
    void everyGapIsOfTheKindThatAReaderSees() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> lines = lines("gaps.txt");
        for (String line : lines) {
            String marked = line.replace("\\n", "\n");
            String text = marked.replaceAll("[║│┆^_]", " ");
            String shown = shown(text).replace("\n", "\\n");
            if (!shown.equals(line)) {
                wrong.add(line + "\n got " + shown);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(lines).hasSizeGreaterThan(50);
    }

    private static String shown(String text) {
        Cuts cuts = Cuts.between(text, 0, text.length());
        StringBuilder shown = new StringBuilder();
        int from = 0;
        for (int cut = 0; cut < cuts.size(); cut++) {
            shown.append(text, from, cuts.start(cut) - 1);
            shown.append(sign(cuts.kind(cut)));
            from = cuts.start(cut);
        }
        return shown.append(text, from, text.length()).toString();
    }

    private static char sign(Cut kind) {
        return switch (kind) {
            case SENTENCE -> '║';
            case CLAUSE -> '│';
            case COMMA -> '┆';
            case CONJUNCTION -> '^';
            case WORD -> ' ';
            case JOINED -> '_';
            case INSIDE -> '?';
        };
    }

    static List<String> lines(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ClassifierTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .toList();
        }
    }
}
