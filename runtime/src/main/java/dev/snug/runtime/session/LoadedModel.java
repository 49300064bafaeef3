package dev.snug.runtime.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;

import dev.snug.onnx.Tensor;
import dev.snug.runtime.device.Provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A model in ONNX Runtime's own memory. */
record LoadedModel(Provider provider, OrtSession session) implements Session.Loaded {
    /** Makes ONNX Runtime's session with these options. */
    @FunctionalInterface
    interface Making {
        OrtSession with(SessionOptions options) throws OrtException;
    }

    static LoadedModel of(SessionSettings settings, Provider provider, Making making)
            throws OrtException {
        try (SessionOptions options = Engine.options(settings)) {
            settings.placement().place(options, provider, settings.threads());
            return new LoadedModel(provider, making.with(options));
        }
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs)
            throws OrtException {
        Map<String, OnnxTensor> fed = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                fed.put(input.getKey(), NativeTensors.wrap(input.getValue()));
            }
            try (OrtSession.Result result = session.run(fed, outputs)) {
                return NativeTensors.copy(result);
            }
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
