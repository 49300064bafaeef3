package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Signs, codes and names of currencies: currencies.tsv. */
final class Currencies {
    /**
     * A currency in a text.
     *
     * @param end the token after it
     * @param spoken its name
     * @param cent the name of its hundredth; empty where it has none in use
     * @param leads whether it may stand before the number
     */
    record Currency(int end, String spoken, String cent, boolean leads) {
        boolean isWhole() {
            return cent.isEmpty();
        }
    }

    private final Map<String, List<String>> rows = new HashMap<>();

    /** What symbols begin with, so that most words are told by one look. */
    private final Set<Character> firsts = new HashSet<>();

    Currencies() {
        for (List<String> row : Table.rows("currencies.tsv", 4)) {
            for (String symbol : row.getFirst().split("\\|", -1)) {
                rows.put(symbol, row);
                firsts.add(symbol.charAt(0));
            }
        }
    }

    /** The currency that begins at {@code at}: "US$", "VNĐ", "đô la", "€". */
    @Nullable Currency at(Line line, int at) {
        if (!firsts.contains(line.first(at))) {
            return null;
        }
        for (int tokens = 3; tokens > 0; tokens--) {
            if (at + tokens <= line.size()) {
                List<String> row = rows.get(line.text(at, at + tokens));
                boolean cut = line.isWord(at + tokens - 1) && line.isNumber(at + tokens);
                if (row != null && !line.isWord(at + tokens)) {
                    boolean leads = row.get(3).equals("before");
                    if (!cut || leads) {
                        return new Currency(at + tokens, row.get(1), row.get(2), leads);
                    }
                }
            }
        }
        return null;
    }
}
