package dev.snug.runtime.session;

import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelWriter;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Evaluates a small model once through ONNX Runtime; its weights are copied into the process. */
public final class OrtEvaluator implements Evaluator {
    @Override
    public Map<String, Tensor> evaluate(Model model, Map<String, Tensor> inputs) {
        Set<String> outputs = new LinkedHashSet<>();
        for (Port output : model.graph().outputs()) {
            outputs.add(output.name());
        }
        try (Session session =
                        Session.open(
                                model.graph().name(),
                                ModelWriter.toBytes(model),
                                SessionSettings.ONCE);
                Session.Lease lease = session.acquire()) {
            return lease.run(inputs, outputs);
        } catch (SessionException e) {
            throw new OnnxException(
                    "cannot evaluate " + model.graph().name() + ": " + e.getMessage(), e);
        }
    }
}
