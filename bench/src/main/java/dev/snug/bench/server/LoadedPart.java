package dev.snug.bench.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A server whose worker holds EfficientNetV2-S, and the same after the worker ended idle. */
final class LoadedPart {
    private static final int HEAT_MAPS = 6;
    private static final long KEEP_ALIVE_MILLIS = 2000;

    private LoadedPart() {}

    static void measure(Bench bench) throws IOException, InterruptedException {
        List<Footprint> loaded = new ArrayList<>();
        List<Footprint> unloaded = new ArrayList<>();
        for (int run = 0; run < bench.scale().runs(); run++) {
            try (Served served =
                            Served.start(
                                    bench.snug(),
                                    null,
                                    "--memory=512MiB",
                                    "--keep-alive=2s",
                                    "--classifier=" + Bench.LARGE);
                    Client client = new Client(served.uri())) {
                for (int i = 0; i < HEAT_MAPS; i++) {
                    bench.classify(client, i);
                }
                loaded.add(served.all());
                Thread.sleep(KEEP_ALIVE_MILLIS + IdlePart.SETTLING_MILLIS);
                unloaded.add(served.all());
            }
        }
        Table table = bench.table();
        String title = "EfficientNetV2-S, six heat maps served, limit 512 MiB";
        table.add("loaded", title, "PSS", "MiB", IdlePart.pss(loaded), "≤ 230", "1844");
        table.add("loaded", title, "anonymous", "MiB", IdlePart.each(loaded, Footprint::anon));
        table.add("loaded", title, "processes", "", processes(loaded));
        String after = "the same 15 s after the worker ended idle";
        table.add("loaded", after, "PSS", "MiB", IdlePart.pss(unloaded), "≤ 70", "");
        table.add("loaded", after, "anonymous", "MiB", IdlePart.each(unloaded, Footprint::anon));
        table.add("loaded", after, "processes", "", processes(unloaded), "1", "");
    }

    private static List<Double> processes(List<Footprint> footprints) {
        return footprints.stream().map(one -> (double) one.processes()).toList();
    }
}
