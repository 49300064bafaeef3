package dev.snug.cli.language;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A language that Snug speaks with people. What programs read is English in all of them. */
public enum Language {
    EN,
    VI;

    /** The option of every command. */
    public static final String OPTION = "--lang";

    /** The environment variable that counts where the option is not given. */
    public static final String VARIABLE = "SNUG_LANG";

    /** The first one that is set counts; of the locale as POSIX has it for messages. */
    private static final List<String> VARIABLES =
            List.of(VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG");

    /**
     * The language of a command line: that of {@link #OPTION}, else of {@link #VARIABLE}, else of
     * the locale: Vietnamese where that begins with {@code vi}, else English. Found before the
     * arguments are parsed, because their errors are said in it, too.
     */
    public static Language of(List<String> arguments, Map<String, String> variables) {
        String tag = asked(arguments);
        for (String name : VARIABLES) {
            String value = variables.get(name);
            tag = tag == null && value != null && !value.isEmpty() ? value : tag;
        }
        boolean isVietnamese = tag != null && tag.toLowerCase(Locale.ROOT).startsWith("vi");
        return isVietnamese ? VI : EN;
    }

    private static @Nullable String asked(List<String> arguments) {
        for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(OPTION + "=")) {
                return argument.substring(OPTION.length() + 1);
            }
            if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                return arguments.get(i + 1);
            }
        }
        return null;
    }

    /** BCP 47 tag. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A line that is not printed yet. */
    public String line(String english) {
        return switch (this) {
            case EN -> english;
            case VI -> Vietnamese.of(english);
        };
    }

    /** {@code target} itself, or a stream that says each line of English to it as it ends. */
    public PrintStream over(PrintStream target) {
        return switch (this) {
            case EN -> target;
            case VI -> Vietnamese.over(target);
        };
    }

    /** Prints a page, whose tables keep their columns straight. */
    public void print(PrintStream out, Consumer<PrintStream> page) {
        switch (this) {
            case EN -> page.accept(out);
            case VI -> Vietnamese.print(out, page);
        }
    }
}
