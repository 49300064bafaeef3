package dev.snug.server.settings;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.device.ProviderWish;
import dev.snug.vision.picture.PictureCaps;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set of a server, once: its names, its default, what is allowed and what it
 * is for. Flags, variables, the file, what is printed and what is documented all come from here.
 */
public enum SettingKey {
    HOST(
            "host",
            "127.0.0.1",
            new SettingForm.Host(),
            "Address to listen on; anything but loopback needs an account."),
    PORT(
            "port",
            "8080",
            new SettingForm.Whole(0, 65_535),
            "Port to listen on, 0 for any free one; PORT counts where nothing else says it."),
    MEMORY(
            "memory",
            null,
            new SettingForm.Size(MemorySize.MIN_BYTES, MemorySize.MAX_BYTES),
            "Most memory of the server and its workers together; without it what the control group"
                    + " or the machine allows."),
    HEATMAP(
            "heatmap",
            "auto",
            new SettingForm.Word(List.of("on", "off", "auto")),
            "Whether heat maps are shown: always, never, or where the memory has room for them."),
    CLASSIFIER(
            "classifier",
            null,
            new SettingForm.Text("the name of an installed model", 200),
            "Model for pictures; without it the one that snug classify takes."),
    SPEAKER(
            "speaker",
            null,
            new SettingForm.Text("the name of an installed model", 200),
            "Model for speech; without it the one that snug speak takes."),
    KEEP_ALIVE(
            "keep-alive",
            "5m",
            new SettingForm.Time(Duration.ofSeconds(1), Duration.ofDays(30)),
            "Time after which a worker without work ends and gives its memory back."),
    RECYCLE(
            "recycle",
            "1000",
            new SettingForm.Whole(1, 1_000_000),
            "Requests after which a worker is replaced by a fresh one."),
    QUEUE(
            "queue",
            "16",
            new SettingForm.Whole(0, 1000),
            "Most requests that wait for a worker; the next one is refused at once."),
    DEADLINE(
            "deadline",
            "2m",
            new SettingForm.Time(Duration.ofSeconds(1), Duration.ofHours(1)),
            "Most time that the work of one request may take."),
    PICTURE_SIZE(
            "picture-size",
            "20MiB",
            new SettingForm.Size(MemorySize.MIN_BYTES, PictureCaps.FILE_BYTES_MAX),
            "Most bytes of a picture's file."),
    PICTURE_PIXELS(
            "picture-pixels",
            "100000000",
            new SettingForm.Whole(1, PictureCaps.PIXELS_MAX),
            "Most pixels that the header of a picture may say."),
    TEXT_CHARS(
            "text-chars",
            "5000",
            new SettingForm.Whole(1, 100_000),
            "Most characters of a text that is spoken."),
    CACHE_ENTRIES(
            "cache-entries",
            "1000",
            new SettingForm.Whole(0, 100_000),
            "Most answers that are kept, never the pictures; 0 keeps none."),
    CACHE_TTL(
            "cache-ttl",
            "24h",
            new SettingForm.Time(Duration.ofMinutes(1), Duration.ofDays(365)),
            "Time after which a kept answer is forgotten."),
    DATA(
            "data",
            null,
            new SettingForm.Text("a folder", SettingForm.CHARS_MAX),
            "Folder of accounts and kept answers; without it server in the folder of models."),
    SIGN_IN(
            "sign-in",
            "auto",
            new SettingForm.Word(List.of("auto", "always")),
            "Who must sign in: auto asks nobody on loopback and everybody elsewhere, always asks"
                    + " everybody."),
    ADMIN_PASSWORD_HASH(
            "admin-password-hash",
            null,
            new SettingForm.BcryptHash(),
            "Bcrypt hash of the password of the account admin, for hosts that keep no disk."),
    PROVIDER(
            "provider",
            null,
            new SettingForm.Word(ProviderWish.words()),
            "What computes: the processor; auto, whatever works; or a provider by name. Without it"
                    + " cpu, and auto where a library is named."),
    ENGINE_LIBRARY(
            "engine-library",
            null,
            new SettingForm.Text("a folder", SettingForm.CHARS_MAX),
            "Folder of another build of ONNX Runtime, such as one for a GPU; without it Snug's"
                    + " own."),
    PROVIDER_LIBRARY(
            "provider-library",
            null,
            new SettingForm.Text("a file", SettingForm.CHARS_MAX),
            "File of a plug-in that brings a provider, which is code that the workers run."),
    DEVICE_MEMORY(
            "device-memory",
            null,
            new SettingForm.Size(MemorySize.MIN_BYTES, MemorySize.MAX_BYTES),
            "Most memory that a worker takes on a device, beside memory; without it unbounded."),
    UPSTREAM(
            "upstream",
            null,
            SettingForm.Url.WEB,
            "Another Snug that answers; this one then has pages and accounts and no models."),
    UPSTREAM_TOKEN(
            "upstream-token",
            null,
            new SettingForm.Text("a token of the other Snug", 200),
            "Token that the other Snug lets this one in with."),
    REDIS(
            "redis",
            null,
            SettingForm.Url.REDIS,
            "Redis or Valkey in which several servers share one queue of jobs and kept answers;"
                    + " without it they are this server's own, in SQLite."),
    REDIS_PASSWORD(
            "redis-password",
            null,
            new SettingForm.Text("a password", 500),
            "Password of that database; its user is the default one."),
    JOBS(
            "jobs",
            "1000",
            new SettingForm.Whole(0, 100_000),
            "Most jobs that are not over; 0 takes none."),
    JOB_SIZE(
            "job-size",
            "256MiB",
            new SettingForm.Size(MemorySize.MIN_BYTES, 4L << 30),
            "Most bytes of one job's pictures or text."),
    JOB_TTL(
            "job-ttl",
            "168h",
            new SettingForm.Time(Duration.ofMinutes(1), Duration.ofDays(365)),
            "Time after which a job that is over is forgotten, with its result."),
    TRUST_PROXY(
            "trust-proxy",
            "off",
            new SettingForm.Word(List.of("on", "off")),
            "Whether X-Forwarded-For and X-Forwarded-Proto are believed: only behind a proxy that"
                    + " sets them."),
    LOG(
            "log",
            "text",
            new SettingForm.Word(List.of("text", "json")),
            "Form of the log lines; they never hold texts or pictures.");

    /** What every variable of Snug begins with. */
    static final String PREFIX = "SNUG_";

    private final String key;
    private final @Nullable String fallback;

    @SuppressWarnings("ImmutableEnumChecker") // records of numbers, times and fixed lists
    private final SettingForm form;

    private final String help;

    SettingKey(String key, @Nullable String fallback, SettingForm form, String help) {
        this.key = key;
        this.fallback = fallback;
        this.form = form;
        this.help = help;
    }

    /** Its name in the file, such as {@code keep-alive}. */
    public String key() {
        return key;
    }

    /** Its flag, such as {@code --keep-alive}. */
    public String flag() {
        return "--" + key;
    }

    /** Its variable, such as {@code SNUG_KEEP_ALIVE}. */
    public String variable() {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** What it is where nobody says; empty where the help says what happens then. */
    public Optional<String> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** What is allowed, in words. */
    public String allowed() {
        return form.allowed();
    }

    /** What it is for, in one sentence or two. */
    public String help() {
        return help;
    }

    /**
     * Whether nobody may see it. It has no flag, because everybody on a machine sees the flags of
     * its processes, and is never printed.
     */
    public boolean isSecret() {
        return this == ADMIN_PASSWORD_HASH || this == UPSTREAM_TOKEN || this == REDIS_PASSWORD;
    }

    /** The setting of this name, or null. */
    static @Nullable SettingKey of(String key) {
        for (SettingKey known : values()) {
            if (known.key.equals(key)) {
                return known;
            }
        }
        return null;
    }

    SettingForm form() {
        return form;
    }
}
