package dev.snug.cli.proof;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A process that loads, runs and unloads again and again and prints its anonymous bytes after each
 * cycle: the measured process of {@code MemoryReturnsIT}, on the launcher's flags.
 *
 * <p>Arguments: kind of cycle, how many, SNUG_HOME, and the classifier's name. The heap is
 * collected before each reading, so that only what is kept counts.
 */
public final class Cycles {
    /** Frames of the velocity graph: a word. */
    private static final long FRAMES = 64;

    private static final int LEAK_BYTES = 512 << 10;
    private static final int PAGE_BYTES = 4096;

    /** What the planted leak never gives back. */
    private static final List<ByteBuffer> KEPT = new ArrayList<>();

    private Cycles() {}

    /** Runs them. */
    public static void main(String[] arguments) throws IOException {
        int cycles = Integer.parseInt(arguments[1]);
        Probe probe = Probe.ofThisMachine();
        for (int cycle = 0; cycle < cycles; cycle++) {
            switch (arguments[0]) {
                case "velocity" -> velocity(FRAMES);
                case "leak" -> {
                    velocity(FRAMES);
                    leak();
                }
                case "classifier" -> RealWork.explained(Path.of(arguments[2]), arguments[3]);
                case "speaker" -> RealWork.spoken("Xin chào.", SessionSettings.MAPPED);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
            System.gc();
            System.out.println(
                    probe.process().map(ProcessMemory::rssAnonBytes).orElseThrow().longValue());
        }
    }

    /** Loads the shipped voice's velocity graph, runs it once, unloads it. */
    static void velocity(long frames) throws IOException {
        Path file = RealWork.VOICE_MODEL.resolve("velocity.onnx");
        try (Session session = Session.open(file, SessionSettings.MAPPED);
                Session.Lease lease = session.acquire()) {
            List<Port> outputs = ModelReader.read(file).graph().outputs();
            lease.run(
                    inputs(ModelReader.read(file).graph().inputs(), frames),
                    outputs.stream().map(Port::name).collect(Collectors.toSet()));
        }
    }

    private static Map<String, Tensor> inputs(List<Port> ports, long frames) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Port port : ports) {
            long[] shape =
                    port.type().shape().dimensions().stream()
                            .mapToLong(dimension -> size(dimension, frames))
                            .toArray();
            Shape sizes = Shape.of(shape);
            ByteBuffer bytes =
                    ByteBuffer.allocateDirect(
                                    Math.toIntExact(ElementType.FLOAT.bytes(sizes.elements())))
                            .order(ByteOrder.LITTLE_ENDIAN);
            inputs.put(port.name(), new Tensor(ElementType.FLOAT, sizes, bytes));
        }
        return inputs;
    }

    private static long size(Dimension dimension, long frames) {
        return switch (dimension) {
            case Dimension.Fixed(long size) -> size;
            case Dimension.Symbol(String name) when name.equals("patches") -> frames / 2;
            default -> frames;
        };
    }

    private static void leak() {
        ByteBuffer kept = ByteBuffer.allocateDirect(LEAK_BYTES);
        for (int at = 0; at < LEAK_BYTES; at += PAGE_BYTES) {
            kept.put(at, (byte) 1);
        }
        KEPT.add(kept);
    }
}
