package dev.snug.bench.server;

import dev.snug.bench.Run;
import dev.snug.bench.Snug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the command itself answers, without a limit: the server must answer the same. */
@SuppressWarnings("ArrayRecordComponent") // compared with answers, never with each other
record Expected(List<Map<String, Double>> probabilities, byte[] sound) {
    /** Takes every answer that is one. */
    static final Expected ANY = new Expected(List.of(), new byte[0]);

    static Expected of(Bench bench) throws IOException {
        Snug snug = bench.snug();
        List<String> arguments = new ArrayList<>(List.of("classify"));
        bench.pictures().forEach(file -> arguments.add(file.toString()));
        Path maps = Files.createDirectories(snug.scratch().resolve("server-maps"));
        arguments.addAll(List.of("--explain", "--json", "-m", Bench.LARGE, "-o", maps + "/"));
        List<Map<String, Double>> probabilities =
                snug.run(arguments).orThrow("snug classify").answers().stream()
                        .map(Run::probabilities)
                        .toList();
        if (probabilities.size() != bench.pictures().size()) {
            throw new IllegalStateException("snug classify did not answer every picture");
        }
        return new Expected(probabilities, sound(snug));
    }

    /** As a pipe gets it: a file's head would tell its length. */
    private static byte[] sound(Snug snug) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        snug.root().resolve("snug").toString(),
                        "speak",
                        Bench.TEXT,
                        "-m",
                        Bench.VOICE,
                        "-o",
                        "-");
        builder.environment()
                .putAll(
                        Map.of(
                                "LC_ALL", "C.UTF-8",
                                "SNUG_HOME", snug.home().toString(),
                                "SNUG_JAVA_HOME", snug.jdk().toString()));
        Process speaking = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        byte[] sound = speaking.getInputStream().readAllBytes();
        if (sound.length == 0) {
            throw new IOException("snug speak spoke nothing");
        }
        return sound;
    }

    boolean isPicture(int number, Answer answer) {
        if (probabilities.isEmpty()) {
            return true;
        }
        Map<String, Double> asked = answer.probabilities();
        Map<String, Double> known = probabilities.get(number % probabilities.size());
        return answer.hasHeatMap()
                && asked.keySet().equals(known.keySet())
                && known.entrySet().stream()
                        .allMatch(
                                each ->
                                        each.getValue().floatValue()
                                                == asked.getOrDefault(each.getKey(), -1.0)
                                                        .floatValue());
    }

    boolean isSound(Answer answer) {
        return Arrays.equals(sound, answer.body());
    }
}
