package dev.snug.speech.text.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** The lines of a case file beside the tests, without comments. */
final class Cases {
    private Cases() {}

    static List<String> lines(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Cases.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .toList();
        }
    }

    static String left(String line) {
        return line.substring(0, line.indexOf(" ~ "));
    }

    static String right(String line) {
        return line.substring(line.indexOf(" ~ ") + 3);
    }

    /** The syllables of {@code spoken} that the grammar does not allow. */
    static List<String> illegal(String spoken) {
        return List.of(spoken.split(" ", -1)).stream()
                .filter(syllable -> Syllable.parse(syllable).isEmpty())
                .toList();
    }
}
