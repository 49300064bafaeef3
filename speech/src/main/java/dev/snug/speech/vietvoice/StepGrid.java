package dev.snug.speech.vietvoice;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Tensor;
import dev.snug.speech.schedule.Schedule;

import java.util.Arrays;

/**
 * The times that an exported graph knows: those of all its steps. Any of them may be left out, but
 * none can lie between.
 *
 * @param whole all times, from 0 to 1
 */
record StepGrid(Schedule whole) {
    /** A sum of some tens of float32 lengths. */
    private static final float TOLERANCE = 1e-5f;

    /** EPSS counts in these parts of 1. */
    private static final int EPSS_PARTS = 32;

    /**
     * The grid whose steps are {@code deltas} long.
     *
     * @throws OnnxException when they do not lead from 0 to 1
     */
    static StepGrid of(float[] deltas) {
        float[] times = new float[deltas.length + 1];
        double time = 0;
        for (int step = 0; step < deltas.length; step++) {
            time += deltas[step];
            times[step + 1] = (float) time;
        }
        if (!(Math.abs(time - 1) <= TOLERANCE)) {
            throw new OnnxException("the baked steps lead to t = %s, not to 1".formatted(time));
        }
        times[deltas.length] = 1;
        // The exporter's own times, where it is its own grid: sums would differ in the last bit.
        Schedule exported = Schedule.uniform(deltas.length, Schedule.SWAY);
        for (int i = 0; i < times.length; i++) {
            if (Math.abs(times[i] - exported.times()[i]) > TOLERANCE) {
                return summed(times);
            }
        }
        return new StepGrid(exported);
    }

    private static StepGrid summed(float[] times) {
        try {
            return new StepGrid(new Schedule(times));
        } catch (IllegalArgumentException e) {
            throw new OnnxException("the baked steps do not rise: " + e.getMessage(), e);
        }
    }

    /**
     * How many steps a graph knows: the entries of the smallest table that it reads by step.
     *
     * @throws OnnxException when it reads none
     */
    static int bakedSteps(Graph graph, String step) {
        long steps = Long.MAX_VALUE;
        for (Node node : graph.nodes()) {
            if (!node.is("Gather")) {
                continue;
            }
            Tensor table = graph.initializers().get(node.input(0));
            long axis = node.longAttribute("axis", 0);
            if (node.input(1).equals(step)
                    && table != null
                    && axis >= 0
                    && axis < table.shape().rank()) {
                steps = Math.min(steps, table.shape().size((int) axis));
            }
        }
        if (steps < 1 || steps > Schedule.STEPS_MAX) {
            throw new OnnxException(
                    "no table is read by step in %s, so the number of steps is not known"
                            .formatted(graph.name()));
        }
        return (int) steps;
    }

    /**
     * The times nearest to those of {@code kind}.
     *
     * @throws IllegalArgumentException when {@code steps} are more than the grid has, or two of
     *     them would fall together
     */
    Schedule nearest(Schedule.Kind kind, int steps) {
        if (steps < 1 || steps > whole.steps()) {
            throw new IllegalArgumentException(
                    "%d steps are out of range 1 to %d: this model's times are fixed"
                            .formatted(steps, whole.steps()));
        }
        float[] parts = Schedule.epss(steps, 0).times();
        boolean isUniform =
                kind == Schedule.Kind.UNIFORM
                        || Arrays.equals(parts, Schedule.uniform(steps, 0).times());
        float[] times = new float[steps + 1];
        for (int i = 0; i <= steps; i++) {
            int row =
                    isUniform
                            ? rounded(whole.steps() * i, steps)
                            : rounded(whole.steps() * (int) (parts[i] * EPSS_PARTS), EPSS_PARTS);
            times[i] = whole.times()[row];
        }
        return new Schedule(times);
    }

    /** dividend / divisor, halves up. */
    private static int rounded(int dividend, int divisor) {
        return (2 * dividend + divisor) / (2 * divisor);
    }

    /**
     * The step that begins at each time of {@code schedule} but the last.
     *
     * @throws IllegalArgumentException when a time is not on the grid
     */
    int[] rows(Schedule schedule) {
        int[] rows = new int[schedule.steps()];
        float[] times = whole.times();
        for (int step = 0; step < rows.length; step++) {
            rows[step] = Arrays.binarySearch(times, schedule.time(step));
            if (rows[step] < 0) {
                throw new IllegalArgumentException(
                        ("this model knows no step at t = %s, only its own %d; take a schedule that"
                                        + " the model made")
                                .formatted(schedule.time(step), whole.steps()));
            }
        }
        return rows;
    }
}
