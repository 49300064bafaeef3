package dev.snug.speech.text.normalize;

/** Roman numbers by a table of places, for the tests alone. */
final class Romans {
    private static final String[][] PLACES = {
        {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"},
        {"", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"},
        {"", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"},
        {"", "M", "MM", "MMM"}
    };

    private Romans() {}

    static String written(int value) {
        return PLACES[3][value / 1000]
                + PLACES[2][value / 100 % 10]
                + PLACES[1][value / 10 % 10]
                + PLACES[0][value % 10];
    }

    static int value(String roman) {
        for (int value = 1; value < 4000; value++) {
            if (written(value).equals(roman)) {
                return value;
            }
        }
        throw new IllegalArgumentException(roman);
    }
}
