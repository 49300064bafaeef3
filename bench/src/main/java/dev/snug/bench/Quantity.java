package dev.snug.bench;

import java.util.Locale;

/** What is measured, with its unit and the decimals that the machine's noise leaves a meaning. */
enum Quantity {
    WALL("wall", "s", 2),
    CPU("CPU", "s", 3),
    PEAK_RSS("peak RSS", "MiB", 0),
    ANON("of it anonymous", "MiB", 0),
    FILE("of it file", "MiB", 0),
    /** The most that the kernel charged to the memory group, page cache included. */
    CHARGED("charged", "MiB", 0),
    /** Of one Euler step, both branches. */
    STEP_CPU("CPU each step", "s", 2),
    /** Of one more picture in a process that has the model loaded. */
    PICTURE_CPU("CPU each picture", "s", 3),
    /** Against the same work without a limit, or by the original program, right before. */
    CPU_RATIO("CPU ratio", "×", 2),
    /** Of the same work without it. */
    SHARE("more CPU", "%", 1);

    final String title;
    final String unit;
    private final int decimals;

    Quantity(String title, String unit, int decimals) {
        this.title = title;
        this.unit = unit;
        this.decimals = decimals;
    }

    String heading() {
        return title + ", " + unit;
    }

    String format(double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
