package dev.snug.cli;

import dev.snug.cli.language.Language;
import dev.snug.speech.NetworksOpening;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code snug} command: where environment, arguments and exit code enter and leave. */
@Command(
        name = "snug",
        description =
                "Runs real neural models in little memory, and shows why they answer as they do.",
        footer = {
            "",
            "Examples:",
            "  snug classify photo.jpg --explain     what is on the picture, and why",
            "  snug speak \"Xin chào!\" -o hello.wav   say it, in a voice of your choice",
            "  snug import model.keras               make a Keras model ready to run",
            "  snug models                           what is installed",
            "  snug fit 512MB                        what of it runs in so little memory",
            "  snug help classify                    all about one command",
            "",
            "Exit codes: 0 all answered, 1 some failed, 2 wrong usage, 3 refused for memory.",
            "Models live in SNUG_HOME (default: snug in the XDG data folder), behind them those"
                    + " that",
            "ship with Snug."
        })
public final class Main implements Runnable {
    /** Columns of help texts: fits a phone's terminal turned sideways, and every example. */
    private static final int HELP_COLUMNS = 96;

    /** The commands as help lists them, by the names that they say of themselves. */
    private static final List<Map.Entry<String, Class<?>>> COMMANDS =
            List.of(
                    Map.entry("classify", ClassifyCommand.class),
                    Map.entry("speak", SpeakCommand.class),
                    Map.entry("serve", ServeCommand.class),
                    Map.entry("voices", VoicesCommand.class),
                    Map.entry("voice", VoiceCommand.class),
                    Map.entry("pull", PullCommand.class),
                    Map.entry("quantize", QuantizeCommand.class),
                    Map.entry("import", ImportCommand.class),
                    Map.entry("synth-model", SynthModelCommand.class),
                    Map.entry("models", ModelsCommand.class),
                    Map.entry("plan", PlanCommand.class),
                    Map.entry("fit", FitCommand.class),
                    Map.entry("measure", MeasureCommand.class),
                    Map.entry("compare", CompareCommand.class),
                    Map.entry("compare-side", CompareSideCommand.class),
                    Map.entry("ps", PsCommand.class),
                    Map.entry("account", AccountCommand.class),
                    Map.entry("normalize", NormalizeCommand.class),
                    Map.entry("doctor", DoctorCommand.class),
                    Map.entry("completion", CompletionCommand.class));

    private final Surroundings surroundings;
    private final NetworksOpening networks;

    @Spec private CommandSpec spec;

    Main(Surroundings surroundings, NetworksOpening networks) {
        this.surroundings = surroundings;
        this.networks = networks;
    }

    /** Runs the command line of this process and ends it with the command's exit code. */
    public static void main(String[] arguments) {
        Surroundings surroundings =
                new Surroundings(
                        System.getenv(),
                        shipped(),
                        System.in,
                        System.out,
                        System.err,
                        "1".equals(System.getProperty("snug.interactive")));
        System.exit(run(surroundings, arguments));
    }

    /** Where the launcher says that the models which ship with Snug lie. */
    static Optional<Path> shipped() {
        return Optional.of(System.getProperty("snug.shipped", ""))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }

    /** Runs one command line and returns its exit code; nothing is thrown. */
    static int run(Surroundings surroundings, String... arguments) {
        return run(surroundings, NetworksOpening.BY_FAMILY, arguments);
    }

    /** The same with speech models opened by {@code networks}. */
    static int run(Surroundings world, NetworksOpening networks, String... arguments) {
        Surroundings surroundings = world.in(Language.of(List.of(arguments), world.variables()));
        CommandLine commandLine = new CommandLine(new Main(surroundings, networks));
        commands(arguments).forEach(commandLine::addSubcommand);
        teach(commandLine);
        commandLine.addSubcommand(new CommandLine.HelpCommand());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpWidth(HELP_COLUMNS);
        commandLine.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        commandLine.setExecutionExceptionHandler(
                (exception, failed, _) -> {
                    Failure failure = Failure.of(exception);
                    if (failure.exitCode() == ExitCode.USAGE) {
                        return misused(surroundings, failed.getCommandSpec(), failure.message());
                    }
                    surroundings.err().println("snug: " + failure.message());
                    return failure.exitCode();
                });
        commandLine.setParameterExceptionHandler(
                (wrong, _) ->
                        misused(
                                surroundings,
                                wrong.getCommandLine().getCommandSpec(),
                                Failure.of(wrong).message()));
        int exitCode = commandLine.execute(arguments);
        if (surroundings.out().checkError() && exitCode == ExitCode.OK) {
            surroundings.err().println("snug: standard output is full or closed: results are lost");
            return ExitCode.FAILED;
        }
        return exitCode;
    }

    /**
     * The commands that the arguments can be about: reading the options of all takes a fifth of the
     * time that a short sentence takes. Where the first one names no command, or the one that
     * completes them all, that is all of them.
     */
    private static List<Class<?>> commands(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> all = new ArrayList<>();
        for (Map.Entry<String, Class<?>> command : COMMANDS) {
            if (command.getKey().equals(first) && command.getValue() != CompletionCommand.class) {
                return List.of(command.getValue());
            }
            all.add(command.getValue());
        }
        return all;
    }

    /** One line that says what is wrong, one that says where to read on. */
    private static int misused(Surroundings surroundings, CommandSpec command, String message) {
        surroundings.err().println("snug: " + message);
        surroundings.err().println("Try: " + command.qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** Gives every command {@code --help}, {@code --version} and the language that it talks. */
    private static void teach(CommandLine commandLine) {
        CommandSpec command = commandLine.getCommandSpec();
        command.mixinStandardHelpOptions(true).versionProvider(new Version());
        if (!command.optionsMap().containsKey(Language.OPTION)) {
            command.addOption(languageOption());
        }
        commandLine.getSubcommands().values().forEach(Main::teach);
    }

    /** Obeyed before arguments are parsed ({@link Language#of}); here it is checked and listed. */
    private static OptionSpec languageOption() {
        return OptionSpec.builder(Language.OPTION)
                .type(Language.class)
                .paramLabel("en|vi")
                .description(
                        "Language of messages, plans and tables. Default: that of "
                                + Language.VARIABLE
                                + ", else of the locale.")
                .build();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** How the graphs of a speech model are opened. */
    NetworksOpening networks() {
        return networks;
    }

    /** Without a command: shows what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(surroundings.err());
    }
}
