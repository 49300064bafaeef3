package dev.snug.speech.synth;

import dev.snug.runtime.bundle.FolderTree;
import dev.snug.runtime.bundle.Progress;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.bundle.Voice;
import dev.snug.speech.synth.SafeTensorsWriter.Entry;
import dev.snug.speech.text.Passage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A folder as a user of F5-TTS has it, with random weights: {@code model.safetensors}, {@code
 * vocab.txt}, {@code model.yaml}, {@code vocos/model.safetensors}, {@code vocos/config.yaml}, and
 * one voice of 4 s as {@code voice.wav} with its words in {@code voice.txt}.
 */
public final class SyntheticCheckpoint {
    /** The network's weights in the folder. */
    public static final String MODEL_FILE = "model.safetensors";

    /** The voice in the folder: its recording is this WAV. */
    public static final Voice VOICE =
            new Voice(
                    "synthetic",
                    "voice.wav",
                    new Passage("Xin chào, đây là giọng nói được tạo ra để đo bộ nhớ."),
                    Traits.NONE);

    private static final Pattern TRAINED = Pattern.compile("\\.(weight|bias|gamma|beta)$");
    private static final String TEXT_FILE = "voice.txt";
    private static final double VOICE_SECONDS = 4;
    private static final double VOICE_HERTZ = 180;

    /** Bytes of everything but weights; the voice takes 192 KB of them. */
    private static final long OTHER_BYTES = 1 << 20;

    private SyntheticCheckpoint() {}

    /** The room that {@link #write} takes on the disk, at most. */
    public static long bytes(Size size) {
        return SafeTensorsWriter.bytes(CheckpointWeights.f5(size, 0))
                + SafeTensorsWriter.bytes(CheckpointWeights.vocos(size, 0))
                + OTHER_BYTES;
    }

    /** Weights of the network that training changes. */
    public static long parameters(Size size) {
        return trained(CheckpointWeights.f5(size, 0));
    }

    /** Weights of the vocoder that training changes. */
    public static long vocoderParameters(Size size) {
        return trained(CheckpointWeights.vocos(size, 0));
    }

    /**
     * Makes the new folder {@code folder}, which appears whole or not at all. Equal seeds make
     * equal files.
     *
     * @throws IOException when it is there already, or the disk refuses
     * @throws dev.snug.runtime.bundle.BundleException when the disk refuses
     */
    public static void write(Path folder, Size size, long seed, Progress progress)
            throws IOException {
        Path target = folder.toAbsolutePath();
        if (Files.exists(target)) {
            throw new IOException(folder + " is there already; name another folder");
        }
        Path partial = target.resolveSibling("." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(partial);
            fill(partial, size, seed, progress);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FolderTree.delete(partial);
        }
    }

    private static void fill(Path folder, Size size, long seed, Progress progress) {
        List<Entry> f5 = CheckpointWeights.f5(size, seed);
        List<Entry> vocos = CheckpointWeights.vocos(size, seed);
        long f5Bytes = SafeTensorsWriter.bytes(f5);
        long allBytes = f5Bytes + SafeTensorsWriter.bytes(vocos);
        SafeTensorsWriter.write(
                folder.resolve(MODEL_FILE), f5, (done, total) -> progress.advanced(done, allBytes));
        SafeTensorsWriter.write(
                folder.resolve("vocos").resolve(MODEL_FILE),
                vocos,
                (done, total) -> progress.advanced(f5Bytes + done, allBytes));
        text(folder.resolve("vocab.txt"), vocabulary(size));
        text(folder.resolve("model.yaml"), CheckpointConfig.f5(size));
        text(folder.resolve("vocos").resolve("config.yaml"), CheckpointConfig.vocos(size));
        text(folder.resolve(TEXT_FILE), VOICE.text().text() + "\n");
        new SyntheticVoice(VOICE.text().text(), VOICE_SECONDS, VOICE_HERTZ, seed)
                .write(folder.resolve(VOICE.file()));
        progress.advanced(allBytes, allBytes);
    }

    static String vocabulary(Size size) {
        return String.join("\n", SyntheticVocabulary.lines(size.tokens())) + "\n";
    }

    private static void text(Path file, String text) {
        WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static long trained(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> TRAINED.matcher(entry.name()).find())
                .mapToLong(entry -> entry.shape().elements())
                .sum();
    }
}
