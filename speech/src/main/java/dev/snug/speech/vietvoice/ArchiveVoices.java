package dev.snug.speech.vietvoice;

import static java.util.Objects.requireNonNull;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.json.JsonLimits;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.bundle.Voice;
import dev.snug.speech.sound.SoundException;
import dev.snug.speech.sound.WavReader;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.TextException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The voices of an archive: what audio_metadata.json says of each, and its recording, which moves
 * into the model's folder when it is a WAV file.
 *
 * @param voices those that can be used, in the order of the metadata
 * @param notes what was left out, for people
 */
record ArchiveVoices(List<Voice> voices, List<String> notes) {
    /** Six properties for each of {@link SpeechSettings#VOICES_MAX} voices, and room for more. */
    private static final JsonLimits LIMITS = new JsonLimits(4 << 20, 10_000, 4, 64 << 10);

    /** Seconds of a recording; longer ones leave no room in a chunk. */
    private static final double SECONDS_MAX = 60;

    private static final int NAME_CHARS_MAX = 60;

    /** A voice as the metadata describes it. */
    private record Entry(String fileName, Passage text, Traits traits) {}

    ArchiveVoices {
        voices = List.copyOf(voices);
        notes = List.copyOf(notes);
    }

    /**
     * Takes the voices of {@code unpacked} into {@code folder}.
     *
     * @throws JsonException when the metadata is not a list of such descriptions
     * @throws BundleException when a recording is missing or named twice
     */
    static ArchiveVoices take(Unpacked unpacked, Path folder) throws IOException {
        List<Entry> entries = entries(Files.readAllBytes(unpacked.file(Unpacked.Part.METADATA)));
        List<Voice> voices = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> described = new HashSet<>();
        Unpacked.Names unusable = Unpacked.Names.NONE;
        for (Entry entry : entries) {
            Path recording = unpacked.voices().get(entry.fileName());
            if (recording == null || !described.add(entry.fileName())) {
                throw new BundleException(
                        "audio_metadata.json describes the recording %s, which is %s"
                                .formatted(
                                        Json.quoted(entry.fileName()),
                                        recording == null
                                                ? "not in cleaned_audios"
                                                : "described before"));
            }
            if (!isWav(recording)) {
                unusable = unusable.and(entry.fileName());
                continue;
            }
            String name = unique(slug(entry.fileName()), names);
            Files.move(recording, folder.resolve(name + ".wav"));
            voices.add(new Voice(name, name + ".wav", entry.text(), entry.traits()));
        }
        return new ArchiveVoices(voices, notes(unpacked, described, unusable));
    }

    private static List<String> notes(
            Unpacked unpacked, Set<String> described, Unpacked.Names unusable) {
        List<String> notes = new ArrayList<>();
        if (unusable.count() > 0) {
            notes.add(
                    "%d recordings are no WAV files of at most %d s and are left out: %s"
                            .formatted(unusable.count(), (int) SECONDS_MAX, unusable.first()));
        }
        Unpacked.Names silent = Unpacked.Names.NONE;
        for (String file : unpacked.voices().keySet()) {
            silent = described.contains(file) ? silent : silent.and(file);
        }
        if (silent.count() > 0) {
            notes.add(
                    "%d recordings are not described and are left out: %s"
                            .formatted(silent.count(), silent.first()));
        }
        if (unpacked.skipped().count() > 0) {
            notes.add(
                    "%d members of the archive are unknown and were skipped: %s"
                            .formatted(unpacked.skipped().count(), unpacked.skipped().first()));
        }
        return notes;
    }

    private static List<Entry> entries(byte[] metadata) {
        String where = "audio_metadata.json";
        List<?> list = Json.parseArray(metadata, where, LIMITS);
        if (list.size() > SpeechSettings.VOICES_MAX) {
            throw new JsonException(
                    "%s describes %d voices; %d are allowed"
                            .formatted(where, list.size(), SpeechSettings.VOICES_MAX));
        }
        List<Entry> entries = new ArrayList<>();
        for (Object element : list) {
            String place = where + ", voice " + (entries.size() + 1);
            if (!(element instanceof Map<?, ?> object)) {
                throw new JsonException(place + " is not an object");
            }
            entries.add(Fields.read(object, place, fields -> entry(fields, place)));
        }
        return entries;
    }

    private static Entry entry(Fields fields, String place) {
        String fileName = fields.text("file_name");
        String text = fields.text("text");
        Traits traits =
                new Traits(
                        fields.choice("gender", Traits.Gender.class),
                        fields.choice("group", Traits.Group.class),
                        fields.choice("area", Traits.Area.class),
                        fields.choice("emotion", Traits.Emotion.class));
        try {
            return new Entry(fileName, new Passage(text), traits);
        } catch (TextException e) {
            throw new JsonException(place + ": " + e.getMessage(), e);
        }
    }

    private static boolean isWav(Path recording) throws IOException {
        try {
            requireNonNull(WavReader.read(recording, SECONDS_MAX));
            return true;
        } catch (SoundException e) {
            return false;
        }
    }

    /** {@code fileName} without its ending, in letters that can be typed anywhere. */
    static String slug(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String stem = dot > 0 ? fileName.substring(0, dot) : fileName;
        String plain =
                Normalizer.normalize(stem, Normalizer.Form.NFD)
                        .replaceAll("\\p{M}+", "")
                        .replace('đ', 'd')
                        .replace('Đ', 'D')
                        .replaceAll("[^A-Za-z0-9._-]+", "-")
                        .replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
        String name = plain.isEmpty() ? "voice" : plain;
        return name.length() > NAME_CHARS_MAX ? name.substring(0, NAME_CHARS_MAX) : name;
    }

    /** Compared without case: some disks do. */
    private static String unique(String slug, Set<String> names) {
        String name = slug;
        for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = slug + "-" + i;
        }
        return name;
    }
}
