package dev.snug.speech.vietvoice;

import dev.snug.onnx.Port;
import dev.snug.onnx.TensorType;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.schedule.Schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the graphs of an imported archive are fed: the {@code layout} of its settings. What each
 * graph's inputs are follows from their order in the manifest (see {@link CutGraphs} and {@link
 * ArchiveGraphs}).
 *
 * @param mode which graphs there are
 * @param guidance the strength that the archive had
 * @param grid the times of its steps
 * @param columns the inputs of the velocity that a row of {@link StepFile} feeds; float32, in its
 *     order; none in mode WHOLE
 * @param parameters of each graph in the folder, by role
 * @param archiveParameters of each graph in the archive, by its name there
 */
record ArchiveLayout(
        Mode mode,
        float guidance,
        StepGrid grid,
        List<Port> columns,
        Map<String, Long> parameters,
        Map<String, Long> archiveParameters) {
    /** Inputs of a graph; a manifest allows no more. */
    private static final int COLUMNS_MAX = 1000;

    private static final int AXES_MAX = 8;
    private static final int GRAPHS_MAX = 8;

    /** What became of the three graphs. */
    enum Mode {
        /** Roles mel, text, velocity, vocoder. */
        CUT,
        /** Roles preprocess, transformer, decode. */
        WHOLE
    }

    ArchiveLayout {
        columns = List.copyOf(columns);
        parameters = new LinkedHashMap<>(parameters);
        archiveParameters = new LinkedHashMap<>(archiveParameters);
    }

    /** The scalars of all graphs in the folder. */
    long parametersTotal() {
        return parameters.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, ?> toJson() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("mode", mode == Mode.CUT ? "cut" : "whole");
        object.put("guidance", (double) guidance);
        List<Double> times = new ArrayList<>();
        for (float time : grid.whole().times()) {
            times.add((double) time);
        }
        object.put("times", times);
        object.put("columns", columns.stream().map(ArchiveLayout::json).toList());
        object.put("parameters", parameters);
        object.put("archive_parameters", archiveParameters);
        return object;
    }

    private static Map<String, Object> json(Port column) {
        List<Long> sizes = new ArrayList<>();
        for (long size : column.type().shape().sizes()) {
            sizes.add(size);
        }
        return Map.of("name", column.name(), "sizes", sizes);
    }

    /**
     * The layout that {@link #toJson} wrote.
     *
     * @throws JsonException when a key is missing, unknown or wrong
     */
    static ArchiveLayout parse(Map<String, ?> object, String where) {
        return Fields.read(
                object,
                where,
                fields ->
                        new ArchiveLayout(
                                fields.choice("mode", Mode.class),
                                (float) fields.number("guidance"),
                                grid(fields, where),
                                fields.list("columns", COLUMNS_MAX, ArchiveLayout::column),
                                fields.figures("parameters", GRAPHS_MAX),
                                fields.figures("archive_parameters", GRAPHS_MAX)));
    }

    private static StepGrid grid(Fields fields, String where) {
        double[] numbers = numbers(fields, "times", Schedule.STEPS_MAX + 1);
        float[] times = new float[numbers.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = (float) numbers[i];
        }
        try {
            return new StepGrid(new Schedule(times));
        } catch (IllegalArgumentException e) {
            throw new JsonException(where + ": " + e.getMessage(), e);
        }
    }

    private static Port column(Fields fields) {
        double[] numbers = numbers(fields, "sizes", AXES_MAX);
        long[] sizes = new long[numbers.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = (long) numbers[i];
            if (sizes[i] < 1) {
                throw new JsonException("a column of the step table has the size " + sizes[i]);
            }
        }
        return new Port(fields.text("name"), TensorType.floats(sizes));
    }

    private static double[] numbers(Fields fields, String key, int limit) {
        List<?> list = fields.values(key, limit);
        if (list == null) {
            throw new JsonException("'" + key + "' is not a list");
        }
        return list.stream()
                .mapToDouble(
                        element -> {
                            if (!(element instanceof Number number)) {
                                throw new JsonException("'" + key + "' is not a list of numbers");
                            }
                            return number.doubleValue();
                        })
                .toArray();
    }
}
