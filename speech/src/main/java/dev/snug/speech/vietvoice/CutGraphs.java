package dev.snug.speech.vietvoice;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.surgery.AttentionFusion;
import dev.snug.onnx.surgery.ConstantFolding;
import dev.snug.onnx.surgery.GuidanceSplitting;
import dev.snug.onnx.surgery.StepFolding;
import dev.snug.onnx.surgery.StepTable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The graphs of an archive taken apart: what is run once for a voice, once for a chunk, once for a
 * step and branch, and once at the end.
 *
 * <pre>
 * mel       (audio) → log-mel frames [1, R, 100]
 * text      (text_ids, max_duration) → text of both branches, [1, N, T] each
 * velocity  (noise, condition, cos, sin, columns of the table …) → velocity [1, N, 100]
 * vocoder   (mel, reference frames) → audio
 * </pre>
 *
 * @param table a row for each step, a float32 column for each further input of the velocity
 * @param guidance the strength that the archive had
 * @param grid the times of the steps
 */
record CutGraphs(
        Model mel,
        Model text,
        Model velocity,
        Model vocoder,
        StepTable table,
        float guidance,
        StepGrid grid) {
    /** Constants up to this size are computed at import: kernels, positions, window sums. */
    private static final long CONSTANT_BYTES_MAX = 16 << 20;

    /**
     * Takes {@code graphs} apart.
     *
     * @param graphs with all weights as initializers
     * @param evaluator with the settings of the sessions that will run the result
     * @throws OnnxException when they differ from what the exporter makes; says where
     */
    static CutGraphs of(ArchiveGraphs graphs, Evaluator evaluator) {
        PreprocessCut preprocess = PreprocessCut.of(graphs.preprocess());
        RotaryCheck.require(graphs.preprocess(), evaluator);
        StepFolding.Folded folded = folded(graphs, evaluator);
        AttentionFusion.Fused fused = AttentionFusion.fuse(folded.model());
        requireFused(fused.report());
        GuidanceSplitting.Split split =
                GuidanceSplitting.split(
                        fused.model(),
                        graphs.input(0),
                        graphs.input(ArchiveGraphs.CONDITION),
                        graphs.input(ArchiveGraphs.NONE));
        AttentionFusion.RotaryTables rotary = fused.report().tables().getFirst();
        List<String> first =
                List.of(
                        graphs.input(0),
                        graphs.input(ArchiveGraphs.CONDITION),
                        rotary.cos().name(),
                        rotary.sin().name());
        StepTable table = withoutDelta(folded.table(), split.delta());
        return new CutGraphs(
                ConstantFolding.fold(preprocess.mel(), CONSTANT_BYTES_MAX, evaluator),
                ConstantFolding.fold(preprocess.text(), CONSTANT_BYTES_MAX, evaluator),
                ordered(split.model(), first, table),
                ConstantFolding.fold(graphs.decode(), CONSTANT_BYTES_MAX, evaluator),
                table,
                split.guidance(),
                StepGrid.of(deltas(folded.table(), split.delta())));
    }

    private static StepFolding.Folded folded(ArchiveGraphs graphs, Evaluator evaluator) {
        String step = graphs.input(ArchiveGraphs.STEP);
        int steps = StepGrid.bakedSteps(graphs.transformer().graph(), step);
        List<Tensor> values = IntStream.range(0, steps).mapToObj(CutGraphs::step).toList();
        return StepFolding.fold(graphs.transformer(), step, values, evaluator);
    }

    /** The value of the transformer's last input for step {@code index}. */
    static Tensor step(int index) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0, index);
        return new Tensor(ElementType.INT32, Shape.of(1), bytes);
    }

    private static void requireFused(AttentionFusion.FusionReport report) {
        if (!report.left().isEmpty() || report.tables().size() != 1) {
            throw new OnnxException(
                    "%d of %d attentions are not as exported, the first: %s"
                            .formatted(
                                    report.left().size(),
                                    report.left().size() + report.fused(),
                                    report.left().stream().findFirst().orElse("there is none")));
        }
    }

    private static StepTable withoutDelta(StepTable table, String delta) {
        List<Port> columns = new ArrayList<>(table.columns());
        columns.removeIf(port -> port.name().equals(delta));
        for (Port column : columns) {
            if (column.type().elementType() != ElementType.FLOAT) {
                throw new OnnxException("what follows from the step has " + column);
            }
        }
        List<Map<String, Tensor>> rows = new ArrayList<>();
        for (Map<String, Tensor> row : table.rows()) {
            Map<String, Tensor> rest = new HashMap<>(row);
            rest.remove(delta);
            rows.add(rest);
        }
        return new StepTable(columns, rows);
    }

    private static float[] deltas(StepTable table, String delta) {
        float[] deltas = new float[table.rows().size()];
        for (int row = 0; row < deltas.length; row++) {
            Tensor length = table.rows().get(row).get(delta);
            if (length == null) {
                throw new OnnxException("the length of a step does not follow from its number");
            }
            deltas[row] = length.toFloats()[0];
        }
        return deltas;
    }

    private static Model ordered(Model velocity, List<String> first, StepTable table) {
        Graph graph = velocity.graph();
        List<String> names = new ArrayList<>(first);
        table.columns().forEach(port -> names.add(port.name()));
        List<Port> inputs = names.stream().map(graph::input).toList();
        if (inputs.size() != graph.inputs().size()) {
            throw new OnnxException(
                    "the velocity reads inputs of unknown meaning: " + graph.inputs());
        }
        return velocity.withGraph(
                new Graph(
                        graph.name(),
                        inputs,
                        graph.outputs(),
                        graph.nodes(),
                        graph.initializers(),
                        graph.valueTypes()));
    }
}
