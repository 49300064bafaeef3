package dev.snug.bench;

import com.sun.management.OperatingSystemMXBean;

import dev.snug.onnx.Model;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.vision.explain.GradCamGraph;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs one graph as the command does for several pictures, weights mapped and an arena, again and
 * again: what {@code bench/original/pictures.py} does in Python. Prints one JSON object, CPU
 * seconds of each run after two that warm up.
 */
public final class WarmRuns {
    private static final int WARM_UP = 2;
    private static final long SEED = 1;
    private static final float LEVELS = 255;

    private WarmRuns() {}

    /**
     * Runs.
     *
     * @param arguments the graph and the number of runs
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        Model model = ModelReader.read(file);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        model.graph().inputs().forEach(port -> inputs.put(port.name(), filled(port)));
        Set<String> outputs =
                model.graph().outputs().stream().map(Port::name).collect(Collectors.toSet());
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        List<Double> seconds = new ArrayList<>();
        try (Session session = Session.open(file, SessionSettings.MAPPED.withArena(true));
                Session.Lease lease = session.acquire()) {
            for (int run = -WARM_UP; run < Integer.parseInt(arguments[1]); run++) {
                long began = system.getProcessCpuTime();
                lease.run(inputs, outputs);
                if (run >= 0) {
                    seconds.add((system.getProcessCpuTime() - began) / 1e9);
                }
            }
        }
        System.out.println("{\"cpu_seconds_each_run\": " + seconds + "}");
    }

    private static Tensor filled(Port port) {
        if (port.name().equals(GradCamGraph.CLASS_INPUT)) {
            return Tensor.longs(new long[] {GradCamGraph.TOP_CLASS}, 1);
        }
        long[] sizes = port.type().shape().sizes();
        float[] levels = new float[Math.toIntExact(port.type().shape().elements())];
        Random random = new Random(SEED);
        for (int i = 0; i < levels.length; i++) {
            levels[i] = random.nextFloat() * LEVELS;
        }
        return Tensor.floats(levels, sizes);
    }
}
