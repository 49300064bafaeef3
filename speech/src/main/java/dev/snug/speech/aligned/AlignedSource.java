package dev.snug.speech.aligned;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.bundle.Voice;
import dev.snug.speech.f5.TransformerSizes;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.sound.SoundException;
import dev.snug.speech.text.Passage;
import dev.snug.speech.voice.ReferenceAudio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The folder of an exported aligned checkpoint, by its {@code settings.json}.
 *
 * @param folder that also holds {@link #WEIGHTS}, {@link #VOCODER}, vocab.txt and the voices
 * @param patch frames that are one token of the transformer
 * @param licence of the weights
 * @param origin where they came from, for people
 */
record AlignedSource(
        Path folder,
        int patch,
        AlignedDefaults defaults,
        String licence,
        String origin,
        List<Voice> voices) {
    static final String WEIGHTS = "aligned.safetensors";
    static final String VOCODER = "vocoder.safetensors";

    /** What an evaluation found, where there was one: format in training's variants.py. */
    static final String QUALITY = "quality.json";

    private static final String SETTINGS = "settings.json";
    private static final String KEY = "kind";
    private static final String KIND = "aligned";

    /** Bytes; six voices and a hundred tokens take 3 KB. */
    private static final int BYTES_MAX = 1 << 20;

    /** Whether {@code folder} says of itself that it is one, or says what nobody can read. */
    static boolean is(Path folder) {
        if (!Files.isRegularFile(folder.resolve(SETTINGS))) {
            return false;
        }
        try {
            return KIND.equals(object(folder.resolve(SETTINGS)).get(KEY));
        } catch (CheckpointException e) {
            return true; // Reading it says what is wrong.
        }
    }

    /**
     * Reads the settings of {@code folder} and looks at its voices.
     *
     * @throws CheckpointException when a file is missing or a setting is wrong
     */
    static AlignedSource read(Path folder) {
        Path file = folder.resolve(SETTINGS);
        Map<String, ?> object = object(file);
        try {
            AlignedSource source =
                    Fields.read(object, file.toString(), fields -> source(folder, fields));
            for (Voice voice : source.voices()) {
                source.requireRecording(voice);
            }
            if (source.isEvaluated()) {
                object(folder.resolve(QUALITY));
            }
            return source;
        } catch (JsonException e) {
            throw new CheckpointException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether the cost of fewer steps and the like was measured on these weights. */
    boolean isEvaluated() {
        return Files.isRegularFile(folder.resolve(QUALITY));
    }

    private static Map<String, ?> object(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(BYTES_MAX + 1);
            if (text.length > BYTES_MAX) {
                throw new CheckpointException(
                        "%s is larger than the %d bytes allowed for settings"
                                .formatted(file, BYTES_MAX));
            }
            return Json.parseObject(text, file.toString());
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e, e);
        } catch (JsonException e) {
            throw new CheckpointException(String.valueOf(e.getMessage()), e);
        }
    }

    private static AlignedSource source(Path folder, Fields fields) {
        String kind = fields.text(KEY);
        if (!kind.equals(KIND)) {
            throw new JsonException(
                    "%s is %s; Snug imports %s".formatted(KEY, Json.quoted(kind), KIND));
        }
        return new AlignedSource(
                folder,
                TransformerSizes.size(fields, "patch", AlignedSizes.PATCH_MOST),
                AlignedDefaults.read(fields),
                fields.text("licence"),
                fields.text("origin"),
                fields.list("voices", SpeechSettings.VOICES_MAX, AlignedSource::voice));
    }

    private static Voice voice(Fields fields) {
        return new Voice(
                fields.text("name"),
                fields.text("file"),
                Passage.composed(fields.text("text")),
                Traits.read(fields));
    }

    private void requireRecording(Voice voice) {
        Path name = Path.of(voice.file()).getFileName();
        if (name == null || !name.toString().equals(voice.file())) {
            throw new CheckpointException(
                    "the recording of voice %s is %s, not the plain name of a file in %s"
                            .formatted(voice.name(), Json.quoted(voice.file()), folder));
        }
        try {
            ReferenceAudio.read(folder.resolve(name));
        } catch (SoundException | IOException e) {
            throw new CheckpointException(
                    "the recording of voice %s cannot be used: %s"
                            .formatted(voice.name(), e.getMessage()),
                    e);
        }
    }
}
