package dev.snug.cli;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.measure.Probe;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Answers to cases on their way between two processes: a file of one JSON object a line. */
final class AnswerLines implements AutoCloseable {
    private static final String FILE = "answers.jsonl";
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    private final PrintStream out;
    private long startedNanos;
    private long startedCpuMicros;

    private AnswerLines(PrintStream out) {
        this.out = out;
    }

    /** An empty file in {@code folder}. */
    static AnswerLines create(Path folder) throws IOException {
        return new AnswerLines(
                new PrintStream(folder.resolve(FILE).toFile(), StandardCharsets.UTF_8));
    }

    /** The answers in {@code folder}, in their order. */
    static List<Fields> read(Path folder) throws IOException {
        List<Fields> answers = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(FILE))) {
            byte[] text = line.getBytes(StandardCharsets.UTF_8);
            answers.add(new Fields(Json.parseObject(text, FILE), FILE));
        }
        return answers;
    }

    /** How many answers are in {@code folder} by now. */
    static int count(Path folder) {
        try {
            return Files.readAllLines(folder.resolve(FILE)).size();
        } catch (IOException e) {
            // Not begun: the process is still starting.
            return 0;
        }
    }

    /** The next case begins now. */
    void begin() {
        startedNanos = System.nanoTime();
        startedCpuMicros = cpuMicros();
    }

    /** The time that the case has taken until now, to be written with {@link #answered}. */
    Took took() {
        return new Took(
                (System.nanoTime() - startedNanos) / NANOS,
                (cpuMicros() - startedCpuMicros) / MICROS);
    }

    /**
     * What a case took.
     *
     * @param cpuSeconds of all threads of this process
     */
    record Took(double seconds, double cpuSeconds) {}

    private static long cpuMicros() {
        return Probe.ofThisMachine().cpuMicros(ProcessHandle.current().pid()).orElse(0);
    }

    void answered(Took took, Consumer<JsonGenerator> properties) {
        JsonLines.write(
                out,
                json -> {
                    json.writeNumberProperty("seconds", took.seconds());
                    json.writeNumberProperty("cpu_seconds", took.cpuSeconds());
                    properties.accept(json);
                });
    }

    void failed(Failure failure) {
        JsonLines.write(out, json -> json.writeStringProperty("error", failure.message()));
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (out.checkError()) {
            throw new IOException("the disk refuses the answers");
        }
    }
}
