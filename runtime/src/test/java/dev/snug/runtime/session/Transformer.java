package dev.snug.runtime.session;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.ModelWriter;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The transformer of an F5 model as DakeQQ's F5-TTS-ONNX exports it (commit b3eefd8, opset 17, 31
 * steps baked) at width {@value #WIDTH} and depth {@value #DEPTH}, random weights: the graph in
 * VietVoice's archive, small.
 */
final class Transformer {
    static final int WIDTH = 128;
    static final int DEPTH = 2;
    static final int STEPS = 31;
    static final String STEP = "time_step.1";
    private static final int HEADS = 2;
    private static final int HEAD_WIDTH = 64;
    private static final int MEL = 100;
    private static final int CONDITION = 164;

    private Transformer() {}

    static Model model() throws IOException {
        return read("transformer.onnx");
    }

    /** One of the graphs of the archive. */
    static Model read(String name) throws IOException {
        URL file = requireNonNull(Transformer.class.getResource(name));
        try {
            return ModelReader.read(Path.of(file.toURI()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Inputs of {@code frames} frames, the step left out; rotary tables as they are exported. */
    static Map<String, Tensor> inputs(int frames, float[] cos, float[] sin) {
        Random random = new Random(41);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put("noise", gaussian(random, frames, MEL));
        inputs.put("cat_mel_text", gaussian(random, frames, CONDITION));
        inputs.put("cat_mel_text_drop", gaussian(random, frames, CONDITION));
        inputs.put("rope_cos_q", replicated(cos, frames, false));
        inputs.put("rope_sin_q", replicated(sin, frames, false));
        inputs.put("rope_cos_k", replicated(cos, frames, true));
        inputs.put("rope_sin_k", replicated(sin, frames, true));
        return inputs;
    }

    /** The angles' cosine or sine, [frames, {@value #HEAD_WIDTH} / 2], rounded to half or not. */
    static float[] rotary(int frames, boolean sine, boolean half) {
        int pairs = HEAD_WIDTH / 2;
        float[] table = new float[frames * pairs];
        for (int at = 0; at < table.length; at++) {
            int frame = at / pairs;
            double angle = frame * Math.pow(10_000, -2.0 * (at % pairs) / HEAD_WIDTH);
            float value = (float) (sine ? Math.sin(angle) : Math.cos(angle));
            table[at] = half ? Float.float16ToFloat(Float.floatToFloat16(value)) : value;
        }
        return table;
    }

    static Tensor step(int index) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new Tensor(ElementType.INT32, Shape.of(1), bytes.putInt(index).flip());
    }

    static Session open(Model model, SessionSettings settings) {
        return Session.open(model.graph().name(), ModelWriter.toBytes(model), settings);
    }

    static float[] denoised(Session session, Map<String, Tensor> inputs) {
        try (Session.Lease lease = session.acquire()) {
            Map<String, Tensor> outputs = lease.run(inputs, Set.of("denoised"));
            return requireNonNull(outputs.get("denoised")).toFloats();
        }
    }

    /** The root mean square of the difference over that of what is expected. */
    static double relative(float[] actual, float[] expected) {
        double error = 0;
        double norm = 0;
        for (int at = 0; at < expected.length; at++) {
            error += Math.pow(actual[at] - expected[at], 2);
            norm += Math.pow(expected[at], 2);
        }
        return Math.sqrt(error / norm);
    }

    /** All steps one after the other, each from the result of the last. */
    static float[] sample(
            Model model, Map<String, Tensor> inputs, List<Map<String, Tensor>> steps) {
        try (Session session = Transformer.open(model, SessionSettings.MAPPED)) {
            float[] x = requireNonNull(inputs.get("noise")).toFloats();
            for (Map<String, Tensor> step : steps) {
                Map<String, Tensor> fed = new HashMap<>(inputs);
                fed.putAll(step);
                fed.put("noise", Tensor.floats(x, 1, x.length / MEL, MEL));
                x = denoised(session, fed);
            }
            return x;
        }
    }

    private static Tensor gaussian(Random random, int frames, int width) {
        float[] values = new float[frames * width];
        for (int at = 0; at < values.length; at++) {
            values[at] = (float) random.nextGaussian();
        }
        return Tensor.floats(values, 1, frames, width);
    }

    /** Each angle twice, for both branches and all heads, frames last where asked. */
    private static Tensor replicated(float[] table, int frames, boolean framesLast) {
        int plane = frames * HEAD_WIDTH;
        float[] values = new float[2 * HEADS * plane];
        for (int at = 0; at < values.length; at++) {
            int frame = framesLast ? at % plane % frames : at % plane / HEAD_WIDTH;
            int axis = framesLast ? at % plane / frames : at % HEAD_WIDTH;
            values[at] = table[frame * (HEAD_WIDTH / 2) + axis / 2];
        }
        return framesLast
                ? Tensor.floats(values, 2, HEADS, HEAD_WIDTH, frames)
                : Tensor.floats(values, 2, HEADS, frames, HEAD_WIDTH);
    }
}
