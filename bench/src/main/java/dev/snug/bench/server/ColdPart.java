package dev.snug.bench.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** From the start of the process to a heat map. */
final class ColdPart {
    private ColdPart() {}

    static void measure(Bench bench) throws IOException, InterruptedException {
        for (boolean isEvicted : new boolean[] {true, false}) {
            List<Double> listening = new ArrayList<>();
            List<Double> first = new ArrayList<>();
            for (int run = 0; run < bench.scale().runs(); run++) {
                if (isEvicted) {
                    bench.evict();
                }
                start(bench, listening, first);
            }
            String title =
                    "start to first heat map, EfficientNetV2-S, page cache "
                            + (isEvicted ? "evicted" : "warm");
            bench.table().add("cold", title, "listening", "s", listening);
            bench.table().add("cold", title, "first answer", "s", first, "≤ 3", "15 to 48");
        }
    }

    private static void start(Bench bench, List<Double> listening, List<Double> first)
            throws IOException, InterruptedException {
        try (Served served =
                Served.start(
                        bench.snug(), null, "--memory=512MiB", "--classifier=" + Bench.LARGE)) {
            listening.add((System.nanoTime() - served.startedNanos()) / 1e9);
            try (Client client = new Client(served.uri())) {
                bench.classify(client, 0);
                first.add((System.nanoTime() - served.startedNanos()) / 1e9);
            }
        }
    }
}
