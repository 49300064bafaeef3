package dev.snug.cli;

import dev.snug.cli.language.Language;
import dev.snug.runtime.bundle.BundleStore;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a command sees of the world: environment variables, streams, and whether a person watches.
 * Tests and the build's training run pass their own.
 *
 * @param shipped the folder of the models that ship with Snug; the launcher says where it is
 * @param out results, for people or for the next program of a pipe
 * @param err talk: progress, offers, errors
 * @param interactive whether standard input and standard error are a terminal
 * @param language of the talk, and of pages for people
 */
record Surroundings(
        Map<String, String> variables,
        Optional<Path> shipped,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean interactive,
        Language language) {
    Surroundings {
        variables = Map.copyOf(variables);
    }

    /** The same, in English. */
    Surroundings(
            Map<String, String> variables,
            Optional<Path> shipped,
            InputStream in,
            PrintStream out,
            PrintStream err,
            boolean interactive) {
        this(variables, shipped, in, out, err, interactive, Language.EN);
    }

    /** The same with talk in {@code language}; for surroundings that talk English. */
    Surroundings in(Language language) {
        return new Surroundings(
                variables, shipped, in, out, language.over(err), interactive, language);
    }

    /** Prints a page for people on standard output. */
    void show(Consumer<PrintStream> page) {
        language.print(out, page);
    }

    /** Standard output for lines for people, each of which is said as it ends. */
    PrintStream lines() {
        return language.over(out);
    }

    /** The variable, or null when it is unset or empty. */
    @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Whether colours and cursor movement are welcome (no-color.org). */
    boolean decorated() {
        return interactive && variable("NO_COLOR") == null && !"dumb".equals(variable("TERM"));
    }

    /** The folder that holds the models: SNUG_HOME, else the XDG data folder, else Windows' own. */
    Path snugHome() {
        String home = variable("SNUG_HOME");
        if (home != null) {
            return Path.of(home);
        }
        String data = variable("XDG_DATA_HOME");
        if (data != null) {
            return Path.of(data, "snug");
        }
        String local = variable("LOCALAPPDATA");
        if (local != null) {
            return Path.of(local, "snug");
        }
        String user = variable("HOME");
        return Path.of(user == null ? "." : user, ".local", "share", "snug");
    }

    /** The models: the user's own, then those that ship with Snug. */
    BundleStore store() {
        return new BundleStore(snugHome(), shipped);
    }

    /**
     * Asks a yes-or-no question whose default is yes. Without a terminal nobody can answer: the
     * command was given on purpose, so it goes on.
     */
    boolean agrees(String question) {
        if (!interactive) {
            return true;
        }
        err.print("      " + language.line(question) + " [Y/n] ");
        err.flush();
        try {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            String line = lines.readLine();
            return line != null && !line.strip().toLowerCase(Locale.ROOT).startsWith("n");
        } catch (IOException e) {
            return false;
        }
    }
}
