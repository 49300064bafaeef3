package dev.snug.server.settings;

import java.util.List;

/** Finds what somebody meant who wrote a name that is not known. Pure. */
final class Spelling {
    /** Characters of a name that is compared; longer ones are no slip of the hand. */
    private static final int CHARS_MAX = 64;

    private Spelling() {}

    /** {@code ", did you mean X?"} where a name is near, else nothing. */
    static String hint(String given, List<String> known) {
        if (given.length() > CHARS_MAX) {
            return "";
        }
        String nearest = "";
        // Every third character may be wrong; more is another word.
        int best = Math.max(2, given.length() / 3) + 1;
        for (String name : known) {
            int distance = distance(given, name);
            if (distance < best) {
                best = distance;
                nearest = name;
            }
        }
        return nearest.isEmpty() ? "" : "; did you mean " + nearest + "?";
    }

    /** Characters to put in, take out or replace (Levenshtein 1966). */
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] now = new int[above.length];
            now[0] = row;
            for (int column = 1; column < now.length; column++) {
                int replaced =
                        above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                now[column] = Math.min(replaced, 1 + Math.min(above[column], now[column - 1]));
            }
            above = now;
        }
        return above[to.length()];
    }
}
