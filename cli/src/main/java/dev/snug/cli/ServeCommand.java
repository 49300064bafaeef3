package dev.snug.cli;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.limit.MemoryFacts;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.server.Server;
import dev.snug.server.settings.EffectiveSettings;
import dev.snug.server.settings.ServerSettings;
import dev.snug.server.settings.SettingKey;
import dev.snug.server.settings.SettingsReader;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** Serves pages and an API until it is told to end. */
@Command(
        name = "serve",
        description = {
            "Serve pages and an HTTP API: pictures with heat maps, and speech, within one memory"
                    + " limit. Models are loaded with the first request and given back when idle.",
            "Each setting is also a variable (SNUG_ and its name) and a line of the --config file;"
                    + " an option counts more than a variable, and that more than the file."
        },
        footer = {
            "",
            "Examples:",
            "  snug serve                                  http://127.0.0.1:8080, this machine"
                    + " only",
            "  snug serve --memory 256MiB --keep-alive 1m  small, and smaller when idle",
            "  snug serve --print-config                   what counts, and where it comes from",
            "  snug account add lan && snug serve --host 0.0.0.0      others sign in",
            "  snug serve --upstream https://models.example           pages here, models there",
            "  curl -F picture=@mole.jpg '127.0.0.1:8080/v1/classifications?explain=true'",
            "  curl -d '{\"text\":\"Xin chào.\"}' 127.0.0.1:8080/v1/speech -o hello.wav"
        })
final class ServeCommand implements Callable<Integer> {
    /** Kubernetes waits 30 s between SIGTERM and SIGKILL, Docker 10: calls get most of these. */
    private static final Duration DRAINING = Duration.ofSeconds(8);

    @ParentCommand private Main main;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings, as YAML.")
    private @Nullable Path file;

    @Option(
            names = "--print-config",
            description = "Print all settings and where each comes from, and end.")
    private boolean isPrinted;

    @SuppressWarnings("NullAway.Init") // picocli calls the setter before anything else
    private CommandSpec spec;

    /** Every setting is an option; the table of settings is the only list of them. */
    @Spec
    void setSpec(CommandSpec ofThis) {
        spec = ofThis;
        for (SettingKey key : SettingKey.values()) {
            if (!key.isSecret()) {
                spec.addOption(
                        OptionSpec.builder(key.flag())
                                .paramLabel("VALUE")
                                .type(String.class)
                                .description(described(key))
                                .build());
            }
        }
    }

    private static String described(SettingKey key) {
        String usual = key.fallback().map(text -> " Default: " + text + ".").orElse("");
        return key.help().replace("%", "%%") + usual;
    }

    @Override
    public Integer call() throws IOException {
        Surroundings surroundings = main.surroundings();
        EffectiveSettings effective =
                new SettingsReader(surroundings.snugHome())
                        .read(Optional.ofNullable(file), surroundings.variables(), flags());
        if (isPrinted) {
            surroundings.out().print(effective.printed());
            return ExitCode.OK;
        }
        serve(effective.settings(), surroundings);
        return ExitCode.OK;
    }

    private Map<SettingKey, String> flags() {
        Map<SettingKey, String> flags = new EnumMap<>(SettingKey.class);
        for (SettingKey key : SettingKey.values()) {
            OptionSpec option = spec.findOption(key.flag());
            String value = option == null ? null : option.getValue();
            if (value != null) {
                flags.put(key, value);
            }
        }
        return flags;
    }

    private static void serve(ServerSettings settings, Surroundings surroundings)
            throws IOException {
        MemoryLimit limit =
                MemoryLimit.decide(
                        Optional.ofNullable(settings.memory()),
                        Optional.empty(),
                        MemoryFacts.ofThisMachine());
        Server.Folders folders =
                new Server.Folders(surroundings.snugHome(), surroundings.shipped());
        PrintStream log = surroundings.err();
        Server server = Server.start(settings, folders, limit, log);
        CountDownLatch ended = new CountDownLatch(1);
        Thread ending =
                new Thread(
                        () -> {
                            log.println("snug: ending; calls that run have 8 s");
                            server.drain(DRAINING);
                            ended.countDown();
                        },
                        "drain");
        Runtime.getRuntime().addShutdownHook(ending);
        greet(settings.host(), server, limit, log);
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void greet(String host, Server server, MemoryLimit limit, PrintStream log) {
        String base = base(host, server.address().getPort());
        log.println(
                "snug: listening on %s, at most %s (%s)"
                        .formatted(base, MemorySize.down(limit.bytes()), limit.explanation()));
        String first = server.firstLink();
        if (first != null) {
            log.println(
                    "snug: the first account is made here, once, within 30 minutes: "
                            + base
                            + first);
        }
    }

    private static String base(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
