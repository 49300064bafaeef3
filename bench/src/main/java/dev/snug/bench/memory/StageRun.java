package dev.snug.bench.memory;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Opens one graph, runs it twice and prints what the process took: the measured process itself.
 *
 * <p>Arguments: graph file, threads, {@code mapped} or {@code prepacked}, {@code arena} or {@code
 * free}, inputs, outputs. An input is {@code name=FLOAT:1x750x100} of random numbers or {@code
 * name=INT64:1@750} of one whole number; inputs and outputs are joined by semicolons. It prints one
 * line: anonymous and file bytes before the load, their peaks until the load was done, their peaks
 * in all, and the kernel's VmHWM.
 */
public final class StageRun {
    /** The second run finds what the first has left: an arena, a heap that has grown. */
    static final int RUNS = 2;

    private static final long SEED = 7;

    private StageRun() {}

    /** Runs; exits with 1 and a trace when ONNX Runtime refuses. */
    public static void main(String[] arguments) throws InterruptedException {
        SessionSettings settings =
                new SessionSettings(
                        Integer.parseInt(arguments[1]),
                        1,
                        SessionSettings.Optimization.NONE,
                        arguments[2].equals("mapped"),
                        arguments[3].equals("arena"),
                        false);
        Map<String, Tensor> inputs = inputs(arguments[4]);
        Set<String> outputs = new LinkedHashSet<>(Arrays.asList(arguments[5].split(";", -1)));
        SelfSampler sampler = SelfSampler.start();
        SelfSampler.Peaks before = sampler.peaks();
        SelfSampler.Peaks loaded;
        try (Session session = Session.open(Path.of(arguments[0]), settings);
                Session.Lease lease = session.acquire()) {
            loaded = sampler.peaks();
            for (int run = 0; run < RUNS; run++) {
                lease.run(inputs, outputs);
                sampler.peaks();
            }
        }
        SelfSampler.Peaks all = sampler.stop();
        System.out.printf(
                "%d %d %d %d %d %d %d%n",
                before.anonBytes(),
                before.fileBytes(),
                loaded.anonBytes(),
                loaded.fileBytes(),
                all.anonBytes(),
                all.fileBytes(),
                all.residentBytes());
    }

    private static Map<String, Tensor> inputs(String text) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (String input : text.split(";", -1)) {
            int equals = input.indexOf('=');
            int colon = input.indexOf(':', equals);
            ElementType type = ElementType.valueOf(input.substring(equals + 1, colon));
            int at = input.indexOf('@', colon);
            String sizes = input.substring(colon + 1, at < 0 ? input.length() : at);
            long whole = at < 0 ? 1 : Long.parseLong(input.substring(at + 1));
            long[] shape =
                    sizes.isEmpty()
                            ? new long[0]
                            : Arrays.stream(sizes.split("x", -1))
                                    .mapToLong(Long::parseLong)
                                    .toArray();
            inputs.put(input.substring(0, equals), filled(type, Shape.of(shape), whole));
        }
        return inputs;
    }

    /** Small random numbers; where whole ones are needed, {@code whole}. */
    private static Tensor filled(ElementType type, Shape shape, long whole) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.toIntExact(type.bytes(shape.elements())))
                        .order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(SEED);
        while (bytes.hasRemaining()) {
            switch (type) {
                case FLOAT -> bytes.putFloat(random.nextFloat() - 0.5f);
                case INT64 -> bytes.putLong(whole);
                case INT32 -> bytes.putInt((int) whole);
                case INT16 -> bytes.putShort((short) whole);
                default -> bytes.put((byte) 0);
            }
        }
        return new Tensor(type, shape, bytes.flip());
    }
}
