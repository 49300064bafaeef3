package dev.snug.cli;

import dev.snug.cli.compare.CaseFiles;
import dev.snug.cli.compare.PictureCase;
import dev.snug.cli.compare.Side;
import dev.snug.cli.compare.SpeechCase;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.measure.MemorySample;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.ClassScore;
import dev.snug.vision.Classification;
import dev.snug.vision.explain.HeatMap;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One model's answers, from a process of its own.
 *
 * @param files what it made: pictures, sound, mels
 * @param answers one for each case, in their order
 */
record SideRun(Side side, CaseFiles files, List<Fields> answers) {
    private static final int CLASSES_MAX = 50_000;

    SideRun {
        answers = List.copyOf(answers);
    }

    /**
     * Has {@code model} answer.
     *
     * @param arguments how: {@link CompareOptions#arguments}
     * @param folder for cases and answers, made here
     * @param progress told how many of the cases are answered
     * @throws MeasureFailedException when it cannot answer at all; says why
     */
    static SideRun of(
            FreshProcess process,
            Manifest model,
            CompareCases cases,
            List<String> arguments,
            Path folder,
            Runnable progress)
            throws IOException {
        Path asked = process.folder().resolve("cases.json");
        cases.write(asked);
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "compare-side",
                                model.name(),
                                "--cases=" + asked,
                                "--into=" + folder));
        line.addAll(arguments);
        MemorySample last;
        try {
            last = process.run(line, progress).getLast();
        } catch (MeasureFailedException e) {
            throw new MeasureFailedException(model.name() + " cannot answer: " + e.said());
        }
        Side side =
                new Side(
                        model.name(),
                        model.variants().stream().mapToLong(Manifest.Variant::bytes).sum(),
                        last.peakBytes(),
                        last.cpuMicros());
        return new SideRun(side, new CaseFiles(folder), AnswerLines.read(folder));
    }

    /** Why case {@code number}, from 0, has no answer; null where it has one. */
    @Nullable String error(int number) {
        Fields answer = answers.get(number);
        return answer.has("error") ? answer.text("error") : null;
    }

    /** The first voice that was spoken in; null where nothing was. */
    @Nullable String voice() {
        return answers.stream()
                .filter(answer -> answer.has("voice"))
                .map(answer -> answer.text("voice"))
                .findFirst()
                .orElse(null);
    }

    PictureCase.Answer picture(int number) {
        Fields answer = answers.get(number);
        List<ClassScore> scores =
                answer.list(
                        "classes",
                        CLASSES_MAX,
                        one ->
                                new ClassScore(
                                        new ClassLabel(one.text("id"), one.text("name"), null),
                                        (float) one.number("probability")));
        return new PictureCase.Answer(
                new Classification(scores, map(answer)),
                answer.number("seconds"),
                answer.number("cpu_seconds"));
    }

    private static @Nullable HeatMap map(Fields answer) {
        List<?> listed = Objects.requireNonNull(answer.values("map", Integer.MAX_VALUE));
        long rows = answer.whole("rows");
        if (rows == 0) {
            return null;
        }
        float[] values = new float[listed.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((Number) Objects.requireNonNull(listed.get(i))).floatValue();
        }
        return HeatMap.of(Tensor.floats(values, rows, values.length / rows));
    }

    SpeechCase.Answer speech(int number) {
        Fields answer = answers.get(number);
        return new SpeechCase.Answer(
                answer.text("voice"),
                answer.number("seconds_audio"),
                answer.number("seconds"),
                answer.number("cpu_seconds"));
    }
}
