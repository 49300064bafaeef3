package dev.snug.bench.peers;

import dev.snug.bench.Snug;
import dev.snug.speech.npy.NpyArray;
import dev.snug.speech.npy.NpyFile;
import dev.snug.speech.sound.WavReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The rows of speech: F5 base with random weights, a voice of 4 s and as much more as {@link
 * Length} says. The engines that run the checkpoint get the same noise, tokens and time grid, so
 * that their samples can be compared; the right ones are those of vox-tts in float32, an engine
 * that shares no code with Snug.
 */
final class SpeechPeers {
    private static final String REFERENCE = "vox-f32";
    private static final String GRAPHS = "vietvoice";
    private static final int BANDS = 100;
    private static final double SECONDS_MAX = 60;
    private static final long SEED = 1;

    private final Folder folder;
    private final Length length;
    private final Map<String, String> pins;
    private final Path checkpoint;
    private final Path noise;
    private final String voiceText;

    SpeechPeers(Folder folder, Length length) throws IOException {
        this.folder = folder;
        this.length = length;
        this.pins = folder.pins();
        this.checkpoint = folder.model("f5-base");
        this.noise = folder.folder().resolve("noise" + length.suffix + ".npy");
        this.voiceText = Files.readString(checkpoint.resolve("voice.txt")).strip();
        if (!Files.exists(noise)) {
            NpyFile.write(noise, NpyArray.of(gaussian(), length.frames, BANDS));
        }
    }

    /** All rows; Snug's once for each of {@code models}. */
    List<Peer> rows(Snug snug, List<String> models) throws IOException {
        List<Peer> rows = new ArrayList<>();
        rows.add(vietvoice(GRAPHS, "original graphs, as VietVoice-TTS runs them", List.of()));
        rows.add(
                vietvoice(
                        "vietvoice-low-ram",
                        "the same, its guide's low-RAM settings",
                        List.of("--low-ram")));
        rows.add(vox("f32", Peer.Role.REFERENCE));
        rows.add(vox("f16", Peer.Role.PEER));
        rows.add(vox("q8", Peer.Role.PEER));
        for (String model : models) {
            rows.add(snug(snug, model));
        }
        return rows;
    }

    private Peer vietvoice(String id, String title, List<String> options) throws IOException {
        Path archive = folder.model("vietvoice-base.tar");
        return python(
                id,
                "VietVoice base, %s: ONNX Runtime %s for Python"
                        .formatted(title, pins.get("onnxruntime")),
                "onnxruntime",
                archive,
                (units, _, output) -> {
                    List<String> line = script("onnxruntime", "vietvoice.py", archive, output);
                    line.addAll(List.of("--steps=" + units, "--frames=" + length.frames));
                    line.addAll(options);
                    return line;
                },
                GRAPHS,
                Peer.Role.PEER);
    }

    private Peer vox(String precision, Peer.Role role) throws IOException {
        Path model = folder.model("vox-" + precision + ".tmod");
        return python(
                "vox-" + precision,
                "F5 base, vox-tts %s, %s".formatted(pins.get("vox-tts"), precision),
                "vox",
                model,
                (units, _, output) -> {
                    List<String> line = script("vox", "vox_f5.py", model, output);
                    line.addAll(List.of("--voice", checkpoint.resolve("voice.wav").toString()));
                    line.addAll(List.of("--voice-text", voiceText, "--text", length.text));
                    line.addAll(List.of("--noise", noise.toString(), "--steps=" + units));
                    return line;
                },
                REFERENCE,
                role);
    }

    private List<String> script(String environment, String name, Path model, Path output) {
        return new ArrayList<>(
                List.of(
                        folder.python(environment).toString(),
                        folder.script(name).toString(),
                        model.toString(),
                        "-o",
                        output.toString()));
    }

    private Peer python(
            String id,
            String title,
            String environment,
            Path model,
            Peer.Command command,
            String reference,
            Peer.Role role)
            throws IOException {
        List<Path> files = new ArrayList<>(folder.files(environment));
        files.add(model);
        return new Peer(
                id + length.suffix,
                title,
                length.kind,
                command,
                files,
                Map.of(),
                (_, output) -> samples(output),
                reference + length.suffix,
                role,
                folder.missing(environment, model));
    }

    private Peer snug(Snug snug, String model) {
        return new Peer(
                "snug-" + model.replace(':', '+') + length.suffix,
                "F5 base, Snug, " + SnugRows.precision(model),
                length.kind,
                (units, limitMib, output) -> {
                    List<String> line = new ArrayList<>(List.of(snug.root().resolve("snug") + ""));
                    line.addAll(List.of("speak", length.text, "--json", "--model", model));
                    line.addAll(List.of("--steps", Integer.toString(units)));
                    line.addAll(List.of("--schedule", "uniform", "--threads", "1"));
                    line.addAll(List.of("--compat", "f5", "--read", "plain"));
                    line.addAll(
                            List.of("--fix-duration", length.seconds, "--noise", noise.toString()));
                    line.add("--reference-audio=" + checkpoint.resolve("voice.wav"));
                    // Two spaces stand between the texts, as F5-TTS and vox-tts have them.
                    line.add("--reference-text=" + voiceText + " ");
                    line.addAll(List.of("-o", output.toString()));
                    SnugRows.addLimit(line, limitMib);
                    return line;
                },
                SnugRows.files(snug, model),
                SnugRows.environment(snug),
                (_, output) -> samples(output),
                REFERENCE + length.suffix,
                Peer.Role.PLANNING,
                Optional.empty());
    }

    private static float[] samples(Path wav) throws IOException {
        return WavReader.read(wav, SECONDS_MAX).samples();
    }

    private float[] gaussian() {
        Random random = new Random(SEED);
        float[] values = new float[length.frames * BANDS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
