package dev.snug.bench.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A server that nobody asked for a model. */
final class IdlePart {
    /** Java gives what malloc holds back every 10 s. */
    static final long SETTLING_MILLIS = 15_000;

    private IdlePart() {}

    static void measure(Bench bench) throws IOException, InterruptedException {
        List<Footprint> idle = new ArrayList<>();
        for (int run = 0; run < bench.scale().runs(); run++) {
            try (Served served = Served.start(bench.snug(), null, "--memory", "512MiB")) {
                Thread.sleep(SETTLING_MILLIS);
                idle.add(served.all());
            }
        }
        String title = "idle front, 15 s after its start";
        Table table = bench.table();
        table.add("idle", title, "PSS", "MiB", pss(idle), "≤ 64", "458");
        table.add("idle", title, "anonymous", "MiB", each(idle, Footprint::anon));
        table.add("idle", title, "file", "MiB", each(idle, Footprint::file));
    }

    static List<Double> pss(List<Footprint> footprints) {
        return each(footprints, Footprint::pss);
    }

    static List<Double> each(
            List<Footprint> footprints, java.util.function.ToLongFunction<Footprint> part) {
        return footprints.stream().map(one -> Footprint.mebibytes(part.applyAsLong(one))).toList();
    }
}
