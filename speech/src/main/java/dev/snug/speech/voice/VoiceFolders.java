package dev.snug.speech.voice;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.FolderTree;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.bundle.Voice;
import dev.snug.speech.sound.Pcm;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.sound.Resampling;
import dev.snug.speech.sound.WavWriter;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Reference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The user's own voices: {@code HOME/voices/NAME/} with {@code voice.json} (text and traits) and
 * {@code reference.wav} (24 kHz, mono, int16). A voice is there whole or not at all.
 */
public final class VoiceFolders {
    /** Own voices; each is a recording that somebody made. */
    public static final int VOICES_MAX = 1_000;

    /** Bytes; a text of 15 s takes some hundred. */
    private static final int JSON_BYTES_MAX = 64 << 10;

    /** A folder that was begun and is older than this belongs to a process that died. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern ENDED = Pattern.compile("(?s).*[.!?…。！？]");
    private static final String SETTINGS = "voice.json";
    private static final String RECORDING = "reference.wav";

    private final Path voices;

    /** The voices under {@code home}, which need not exist yet. */
    public VoiceFolders(Path home) {
        this.voices = home.toAbsolutePath().resolve("voices");
    }

    /**
     * All voices by name.
     *
     * @throws BundleException when one cannot be read; says which
     */
    public List<ListedVoice> list() {
        return names().stream().map(this::read).toList();
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(voices)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(voices)) {
                for (Path folder : folders) {
                    String name = folder.getFileName().toString();
                    if (NAME.matcher(name).matches()) {
                        names.add(name);
                    }
                    if (names.size() > VOICES_MAX) {
                        throw new BundleException(
                                voices + " holds more than the " + VOICES_MAX + " voices allowed");
                    }
                }
            } catch (IOException e) {
                throw failed("list the voices in " + voices, e);
            }
        }
        return names;
    }

    /** Whether the user has a voice called {@code name}. */
    public boolean has(String name) {
        return NAME.matcher(name).matches()
                && Files.exists(voices.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Adds a voice.
     *
     * @param text what is heard in {@code recording}; a full stop is put where no mark ends it,
     *     because models take a text without an end for one that goes on
     * @throws VoiceException when the name is taken, or there are as many voices as may be
     * @throws BundleException when the disk refuses; then all is as it was
     */
    public ListedVoice add(String name, Recording recording, Passage text, Traits traits) {
        Path folder = voices.resolve(required(name));
        requireFree(name, folder);
        requireRoom();
        Recording resampled = Resampling.at(recording, Reference.SAMPLE_RATE);
        short[] samples = Pcm.of(resampled.samples());
        Path temporary = voices.resolve("." + name + "." + ProcessHandle.current().pid());
        try {
            sweep();
            WholeFile.write(
                    temporary.resolve(RECORDING),
                    out -> {
                        try (WavWriter wav =
                                new WavWriter(
                                        out,
                                        Reference.SAMPLE_RATE,
                                        OptionalLong.of(samples.length))) {
                            wav.write(samples);
                        }
                    });
            WholeFile.write(
                    temporary.resolve(SETTINGS),
                    out -> out.write(Json.bytes(settings(ended(text), traits))));
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(temporary, e);
            throw failed("add voice " + name, e);
        } catch (RuntimeException e) {
            delete(temporary, e);
            throw e;
        }
        return read(name);
    }

    /**
     * Removes the voice {@code name}.
     *
     * @throws BundleException when there is none, or the disk refuses
     */
    public void remove(String name) {
        Path folder = voices.resolve(required(name));
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new VoiceException(
                    "there is no voice %s of your own in %s; those of a model go with it"
                            .formatted(name, voices));
        }
        Path gone = voices.resolve("." + name + ".removed-" + ProcessHandle.current().pid());
        try {
            Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
            FolderTree.delete(gone);
        } catch (IOException e) {
            throw failed("remove voice " + name, e);
        }
    }

    /** Checks that {@code name} can name a voice and that none has it. */
    public void requireFree(String name) {
        requireFree(name, voices.resolve(required(name)));
    }

    private static void requireFree(String name, Path folder) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new VoiceException(
                    "there is a voice %s already; remove it first: snug voice remove %1$s"
                            .formatted(name));
        }
    }

    /** One more than can be listed would hide them all. */
    private void requireRoom() {
        if (names().size() >= VOICES_MAX) {
            throw new VoiceException(
                    "there are %d voices of your own, and no more may be; remove one first: snug voice remove NAME"
                            .formatted(VOICES_MAX));
        }
    }

    private static String required(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new VoiceException(
                    "voice name %s is not plain: it takes up to 64 of A-Z a-z 0-9 . _ - and starts with a letter or digit"
                            .formatted(Json.quoted(name)));
        }
        return name;
    }

    private ListedVoice read(String name) {
        Path folder = voices.resolve(name);
        Path settings = folder.resolve(SETTINGS);
        try (InputStream in = Files.newInputStream(settings, LinkOption.NOFOLLOW_LINKS)) {
            byte[] text = in.readNBytes(JSON_BYTES_MAX + 1);
            if (text.length > JSON_BYTES_MAX) {
                throw new BundleException(
                        settings + " is larger than the " + JSON_BYTES_MAX + " bytes allowed");
            }
            Voice voice =
                    Fields.read(
                            Json.parseObject(text, settings.toString()),
                            settings.toString(),
                            fields -> voice(name, fields));
            return new ListedVoice(voice, folder.resolve(RECORDING), true);
        } catch (IOException | JsonException e) {
            throw new BundleException(
                    "voice %s is broken (%s); remove it: snug voice remove %1$s"
                            .formatted(name, e.getMessage()),
                    e);
        }
    }

    private static Voice voice(String name, Fields fields) {
        return new Voice(
                name, RECORDING, Passage.composed(fields.text("text")), Traits.read(fields));
    }

    private static Map<String, ?> settings(String text, Traits traits) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("text", text);
        settings.putAll(traits.words());
        return settings;
    }

    private static String ended(Passage text) {
        String stripped = text.text().strip();
        return ENDED.matcher(stripped).matches() ? stripped : stripped + ".";
    }

    /** Deletes what processes that died left behind. */
    private void sweep() throws IOException {
        if (!Files.isDirectory(voices)) {
            return;
        }
        FileTime limit = FileTime.from(Instant.now().minus(ABANDONED));
        try (DirectoryStream<Path> hidden = Files.newDirectoryStream(voices, ".*")) {
            for (Path folder : hidden) {
                if (Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).compareTo(limit)
                        < 0) {
                    FolderTree.delete(folder);
                }
            }
        }
    }

    private static void delete(Path folder, Exception failure) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static BundleException failed(String doing, IOException cause) {
        return new BundleException("cannot " + doing + ": " + cause.getMessage(), cause);
    }
}
