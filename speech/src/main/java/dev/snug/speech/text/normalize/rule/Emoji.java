package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pictures with a name in emoji.tsv; the same one several times in a row is named once. */
final class Emoji implements Rule {
    private final Map<String, String> names = new HashMap<>();

    Emoji() {
        for (List<String> row : Table.rows("emoji.tsv", 2)) {
            names.put(row.getFirst(), row.get(1));
        }
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (line.first(at) < 0x200 || line.isBlank(at)) {
            return null;
        }
        String picture = line.text(at);
        String name = names.get(picture);
        if (name == null) {
            int point = picture.codePointAt(0);
            name = names.get(Character.toString(point));
        }
        if (name == null) {
            return null;
        }
        int end = at + 1;
        while (line.text(end).equals(picture)) {
            end++;
        }
        return new Match(end, name, SemioticClass.EMOJI);
    }
}
