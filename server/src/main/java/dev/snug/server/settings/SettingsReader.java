package dev.snug.server.settings;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.json.Json;
import dev.snug.server.settings.EffectiveSettings.Given;
import dev.snug.server.settings.EffectiveSettings.Source;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes one record of flags, variables, a file and defaults; an earlier one wins. */
public final class SettingsReader {
    /** What hosts such as Render and Heroku say the port with. */
    private static final String PORT_VARIABLE = "PORT";

    /**
     * Variables that begin like ours and are for the launcher, for measuring and for tests; one
     * that ends with {@code _} stands for all that begin so.
     */
    private static final List<String> OTHERS =
            List.of(
                    "SNUG_HOME",
                    "SNUG_HEAP_MAX",
                    "SNUG_JAVA_HOME",
                    "SNUG_JAVA_OPTIONS",
                    "SNUG_LAUNCH",
                    "SNUG_NO_BUILD",
                    "SNUG_REQUIRE_CGROUP",
                    "SNUG_SKLESION_WHEEL",
                    "SNUG_BENCH_");

    private final Path home;

    /** A reader whose default data folder is {@code server} below {@code home}, SNUG_HOME. */
    public SettingsReader(Path home) {
        this.home = home;
    }

    /**
     * The settings.
     *
     * @param file of settings, if there is one
     * @param variables the environment; an empty value is none
     * @param flags values by setting, as they were typed
     * @throws SettingsException when a name is not known, a value is not allowed, or two contradict
     *     each other
     */
    public EffectiveSettings read(
            Optional<Path> file, Map<String, String> variables, Map<SettingKey, String> flags) {
        Map<SettingKey, Given> given = new EnumMap<>(SettingKey.class);
        given.put(
                SettingKey.DATA,
                new Given(home.resolve("server").toString(), Source.DEFAULT, "default"));
        for (SettingKey key : SettingKey.values()) {
            key.fallback()
                    .ifPresent(text -> given.put(key, new Given(text, Source.DEFAULT, "default")));
        }
        file.ifPresent(path -> addFile(path, given));
        addVariables(variables, given);
        addFlags(flags, given);
        Map<SettingKey, Object> values = new EnumMap<>(SettingKey.class);
        given.forEach((key, value) -> values.put(key, value(key, value)));
        requireNoContradiction(given);
        return new EffectiveSettings(new Values(values).settings(), given);
    }

    private static void addFile(Path file, Map<SettingKey, Given> given) {
        String where = Json.printable(file.toString());
        SettingsFile.read(file)
                .forEach(
                        (name, text) -> {
                            SettingKey key = SettingKey.of(name);
                            if (key == null) {
                                throw new SettingsException(
                                        where
                                                + ": the key "
                                                + Json.quoted(name)
                                                + " is not known"
                                                + Spelling.hint(name, keys()));
                            }
                            String place = "file " + where + ", key " + name;
                            given.put(key, new Given(text, Source.FILE, place));
                        });
    }

    private static void addVariables(Map<String, String> variables, Map<SettingKey, Given> given) {
        String port = variables.getOrDefault(PORT_VARIABLE, "");
        if (!port.isEmpty()) {
            given.put(SettingKey.PORT, new Given(port, Source.VARIABLE, "variable PORT"));
        }
        Map<String, SettingKey> ours = new java.util.HashMap<>();
        for (SettingKey key : SettingKey.values()) {
            ours.put(key.variable(), key);
        }
        // Sorted, so that of several errors it is always the same one that is told.
        for (String name : new TreeSet<>(variables.keySet())) {
            if (!name.startsWith(SettingKey.PREFIX) || isForOthers(name)) {
                continue;
            }
            SettingKey key = ours.get(name);
            if (key == null) {
                List<String> known = new ArrayList<>(ours.keySet());
                known.sort(null);
                throw new SettingsException(
                        "the variable "
                                + Json.quoted(name)
                                + " is not known"
                                + Spelling.hint(name, known));
            }
            String text = variables.getOrDefault(name, "");
            if (!text.isEmpty()) {
                given.put(key, new Given(text, Source.VARIABLE, "variable " + name));
            }
        }
    }

    private static boolean isForOthers(String name) {
        for (String other : OTHERS) {
            if (other.endsWith("_") ? name.startsWith(other) : name.equals(other)) {
                return true;
            }
        }
        return false;
    }

    private static void addFlags(Map<SettingKey, String> flags, Map<SettingKey, Given> given) {
        flags.forEach(
                (key, text) -> {
                    if (key.isSecret()) {
                        throw new SettingsException(
                                key.flag()
                                        + " is not a flag: everybody on the machine could read it;"
                                        + " say it in "
                                        + key.variable()
                                        + " or in the file");
                    }
                    given.put(key, new Given(text, Source.FLAG, "flag " + key.flag()));
                });
    }

    private static Object value(SettingKey key, Given given) {
        try {
            if (given.text().isEmpty() || given.text().length() > SettingForm.CHARS_MAX) {
                throw SettingForm.refused();
            }
            return key.form().read(given.text());
        } catch (IllegalArgumentException e) {
            String shown = key.isSecret() ? "a value that is not shown" : Json.quoted(given.text());
            throw new SettingsException(
                    given.place() + ": " + shown + " was given; allowed is " + key.allowed());
        }
    }

    /** What would be ignored must not be given: it was given for a reason. */
    private static void requireNoContradiction(Map<SettingKey, Given> given) {
        Given password = given.get(SettingKey.REDIS_PASSWORD);
        if (password != null && given.get(SettingKey.REDIS) == null) {
            throw new SettingsException(
                    password.place() + ": a password without " + SettingKey.REDIS.key());
        }
        Given upstream = given.get(SettingKey.UPSTREAM);
        Given token = given.get(SettingKey.UPSTREAM_TOKEN);
        if (upstream == null) {
            if (token != null) {
                throw new SettingsException(
                        token.place() + ": a token without " + SettingKey.UPSTREAM.key());
            }
            return;
        }
        for (SettingKey key :
                List.of(
                        SettingKey.CLASSIFIER,
                        SettingKey.SPEAKER,
                        SettingKey.PROVIDER,
                        SettingKey.ENGINE_LIBRARY,
                        SettingKey.PROVIDER_LIBRARY,
                        SettingKey.DEVICE_MEMORY,
                        SettingKey.KEEP_ALIVE,
                        SettingKey.RECYCLE,
                        SettingKey.REDIS,
                        SettingKey.JOBS)) {
            Given own = given.get(key);
            if (own != null && own.source() != Source.DEFAULT) {
                throw new SettingsException(
                        own.place()
                                + ": not together with "
                                + upstream.place()
                                + ", where the other Snug has the models; set it there, or leave"
                                + " one of the two out");
            }
        }
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (SettingKey key : SettingKey.values()) {
            keys.add(key.key());
        }
        return keys;
    }

    /** Values of the types that each setting's form makes. */
    private record Values(Map<SettingKey, Object> values) {
        ServerSettings settings() {
            MemorySize memory = (MemorySize) values.get(SettingKey.MEMORY);
            MemorySize pictures = (MemorySize) need(SettingKey.PICTURE_SIZE);
            return new ServerSettings(
                    word(SettingKey.HOST),
                    number(SettingKey.PORT),
                    memory == null ? null : memory.toString(),
                    HeatMaps.valueOf(word(SettingKey.HEATMAP).toUpperCase(Locale.ROOT)),
                    text(SettingKey.CLASSIFIER),
                    text(SettingKey.SPEAKER),
                    time(SettingKey.KEEP_ALIVE),
                    number(SettingKey.RECYCLE),
                    number(SettingKey.QUEUE),
                    time(SettingKey.DEADLINE),
                    pictures.bytes(),
                    number(SettingKey.PICTURE_PIXELS),
                    number(SettingKey.TEXT_CHARS),
                    number(SettingKey.CACHE_ENTRIES),
                    time(SettingKey.CACHE_TTL),
                    Path.of(word(SettingKey.DATA)),
                    ServerSettings.SignIn.valueOf(
                            word(SettingKey.SIGN_IN).toUpperCase(Locale.ROOT)),
                    text(SettingKey.ADMIN_PASSWORD_HASH),
                    provider(),
                    (URI) values.get(SettingKey.UPSTREAM),
                    text(SettingKey.UPSTREAM_TOKEN),
                    jobs(),
                    word(SettingKey.TRUST_PROXY).equals("on"),
                    word(SettingKey.LOG).equals("json"));
        }

        private JobSettings jobs() {
            MemorySize most = (MemorySize) need(SettingKey.JOB_SIZE);
            return new JobSettings(
                    (URI) values.get(SettingKey.REDIS),
                    text(SettingKey.REDIS_PASSWORD),
                    number(SettingKey.JOBS),
                    most.bytes(),
                    time(SettingKey.JOB_TTL));
        }

        private ProviderWish provider() {
            MemorySize most = (MemorySize) values.get(SettingKey.DEVICE_MEMORY);
            try {
                return ProviderWish.of(
                        text(SettingKey.PROVIDER),
                        text(SettingKey.ENGINE_LIBRARY),
                        text(SettingKey.PROVIDER_LIBRARY),
                        most == null ? null : most.toString());
            } catch (IllegalArgumentException e) {
                throw new SettingsException(String.valueOf(e.getMessage()));
            }
        }

        private Object need(SettingKey key) {
            return java.util.Objects.requireNonNull(values.get(key), key.key());
        }

        private @Nullable String text(SettingKey key) {
            return (String) values.get(key);
        }

        private String word(SettingKey key) {
            return (String) need(key);
        }

        private Duration time(SettingKey key) {
            return (Duration) need(key);
        }

        private int number(SettingKey key) {
            return Math.toIntExact((Long) need(key));
        }
    }
}
