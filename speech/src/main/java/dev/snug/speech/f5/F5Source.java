package dev.snug.speech.f5;

import dev.snug.runtime.json.Json;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.safetensors.CheckpointException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The files that one import reads.
 *
 * @param weights the checkpoint of F5-TTS
 * @param settings its {@code model.yaml}, if there is one
 * @param vocabulary its {@code vocab.txt}
 * @param vocoder the weights of Vocos
 * @param vocoderSettings its {@code config.yaml}, if there is one
 */
record F5Source(
        Path weights,
        @Nullable Path settings,
        Path vocabulary,
        Path vocoder,
        @Nullable Path vocoderSettings) {
    /** Names in a folder; a checkpoint's has half a dozen. */
    private static final int NAMES_MAX = 10_000;

    /** Names in a message. */
    private static final int NAMES_SHOWN = 10;

    private static final String WEIGHTS = ".safetensors";
    private static final List<String> YAML = List.of(".yaml", ".yml");

    /**
     * The files at {@code source}, a folder or a {@code .safetensors} file.
     *
     * @param vocos folder or file of the vocoder; null for a folder called {@code vocos…} in the
     *     source or beside it
     * @param vocab the vocabulary; null for the {@code vocab.txt} beside the weights
     * @throws CheckpointException when one is missing, is there several times, or is a pickle
     */
    static F5Source find(Path source, @Nullable Path vocos, @Nullable Path vocab) {
        Path weights = weights(source);
        Path folder = folderOf(weights);
        Path vocoder = weights(vocos == null ? vocosNear(source, folder) : vocos);
        Path config = folderOf(vocoder).resolve("config.yaml");
        return new F5Source(
                weights,
                settings(folder),
                vocabulary(vocab, folder),
                vocoder,
                Files.isRegularFile(config) ? config : null);
    }

    /** The one safetensors file that {@code place} is or holds. */
    private static Path weights(Path place) {
        if (!Files.exists(place)) {
            throw new CheckpointException(shown(place) + ": no such file or folder");
        }
        if (!Files.isDirectory(place)) {
            if (!Files.isRegularFile(place)) {
                throw new CheckpointException(shown(place) + ": not a regular file");
            }
            return unpickled(place);
        }
        List<Path> found = listed(place, file -> ends(file, List.of(WEIGHTS)));
        if (found.size() > 1) {
            throw new CheckpointException(
                    "%s holds %d safetensors files: %s; name the one to import"
                            .formatted(shown(place), found.size(), names(found)));
        }
        if (found.isEmpty()) {
            listed(place, Pickle::isCalledSo).forEach(F5Source::unpickled);
            throw new CheckpointException(
                    shown(place) + " holds no .safetensors file, which an import needs");
        }
        return unpickled(found.getFirst());
    }

    private static Path unpickled(Path file) {
        try {
            if (Pickle.is(file)) {
                throw Pickle.refusal(file);
            }
        } catch (IOException e) {
            throw new CheckpointException(shown(file) + " cannot be read: " + e, e);
        }
        return file;
    }

    private static Path vocosNear(Path source, Path folder) {
        Path whole = source.toAbsolutePath().normalize();
        List<Path> places = new ArrayList<>(List.of(folder));
        if (Files.isDirectory(whole) && whole.getParent() != null) {
            places.add(whole.getParent());
        }
        for (Path place : places) {
            List<Path> found =
                    listed(
                            place,
                            path ->
                                    Files.isDirectory(path)
                                            && lowerName(path).startsWith("vocos")
                                            && !path.toAbsolutePath().normalize().equals(whole));
            if (found.size() > 1) {
                throw new CheckpointException(
                        "%s holds several vocoders: %s; say which: --vocos FOLDER"
                                .formatted(shown(place), names(found)));
            }
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        }
        throw new CheckpointException(
                "no vocoder was found beside "
                        + shown(source)
                        + "; get Vocos (hf download charactr/vocos-mel-24khz --local-dir"
                        + " vocos-mel-24khz), convert its pytorch_model.bin to safetensors as Snug"
                        + " then says, and name the folder: --vocos vocos-mel-24khz");
    }

    private static @Nullable Path settings(Path folder) {
        Path usual = folder.resolve("model.yaml");
        if (Files.isRegularFile(usual)) {
            return usual;
        }
        List<Path> found = listed(folder, file -> ends(file, YAML));
        if (found.size() > 1) {
            throw new CheckpointException(
                    "%s holds several YAML files: %s; call the settings of the model model.yaml"
                            .formatted(shown(folder), names(found)));
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private static Path vocabulary(@Nullable Path asked, Path folder) {
        Path file = asked == null ? folder.resolve(SpeechSettings.VOCABULARY_FILE) : asked;
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(
                    shown(file)
                            + (asked == null
                                    ? " is missing; every checkpoint of F5-TTS comes with one: put"
                                            + " it there, or name it with --vocab FILE"
                                    : ": no such file"));
        }
        return file;
    }

    private static boolean ends(Path file, List<String> endings) {
        return Files.isRegularFile(file) && endings.stream().anyMatch(lowerName(file)::endsWith);
    }

    private static String lowerName(Path path) {
        return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    }

    private static List<Path> listed(Path folder, Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        int names = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                if (++names > NAMES_MAX) {
                    throw new CheckpointException(
                            "%s holds more than the %d names allowed"
                                    .formatted(shown(folder), NAMES_MAX));
                }
                if (wanted.test(path)) {
                    found.add(path);
                }
            }
        } catch (IOException e) {
            throw new CheckpointException(shown(folder) + " cannot be read: " + e, e);
        }
        Collections.sort(found);
        return found;
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    private static String names(List<Path> paths) {
        String names =
                paths.stream()
                        .limit(NAMES_SHOWN)
                        .map(path -> Json.printable(String.valueOf(path.getFileName())))
                        .collect(Collectors.joining(", "));
        return paths.size() > NAMES_SHOWN ? names + ", …" : names;
    }

    private static String shown(Path path) {
        return Json.printable(path.toString());
    }
}
