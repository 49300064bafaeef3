package dev.snug.bench.server;

import java.io.IOException;
import java.util.List;

/** Whether many requests over workers that are replaced leave something behind. */
final class DriftPart {
    private static final int RECYCLE = 500;
    private static final int CONNECTIONS = 4;

    /** Both looks are at a worker that is as old: so many requests into its life. */
    private static final int INTO_A_LIFE = 20;

    private DriftPart() {}

    /** Whether every request was answered. */
    static boolean measure(Bench bench) throws IOException, InterruptedException {
        Scale scale = bench.scale();
        boolean isWhole = measure(bench, Bench.SMALL, "small classifier", scale.drift());
        return measure(bench, Bench.LARGE, "EfficientNetV2-S", scale.largeDrift()) && isWhole;
    }

    private static boolean measure(Bench bench, String model, String words, int requests)
            throws IOException, InterruptedException {
        if (requests <= RECYCLE) {
            System.err.println("bench: no drift of " + words + ": it takes more requests");
            return true;
        }
        try (Served served =
                        Served.start(
                                bench.snug(),
                                null,
                                "--memory=512MiB",
                                "--recycle=" + RECYCLE,
                                "--classifier=" + model);
                Client client = new Client(served.uri())) {
            List<byte[]> pictures = bench.allPictures();
            Counted counted = new Counted(served, pictures);
            counted.ask(RECYCLE);
            Looks before = counted.look();
            counted.ask((requests - RECYCLE) / RECYCLE * RECYCLE - INTO_A_LIFE);
            Looks after = counted.look();
            Table table = bench.table();
            String title =
                    "%d heat maps, %s, a new worker each %d"
                            .formatted(counted.answered, words, RECYCLE);
            add(table, title, "PSS after " + RECYCLE, "MiB", before.all().pssMebibytes(), "");
            add(table, title, "PSS at the end", "MiB", after.all().pssMebibytes(), "");
            add(table, title, "drift", "MiB", drift(before.all(), after.all()), "≤ 5");
            add(
                    table,
                    title,
                    "drift of the front",
                    "MiB",
                    drift(before.front(), after.front()),
                    "");
            add(table, title, "starts", "", client.metric("snug_worker_starts"), "");
            add(table, title, "not answered", "", counted.lost, "0");
            return counted.lost == 0;
        }
    }

    private static double drift(Footprint before, Footprint after) {
        return after.pssMebibytes() - before.pssMebibytes();
    }

    private static void add(
            Table table, String title, String quantity, String unit, double value, String reach) {
        table.add("drift", title, quantity, unit, List.of(value), reach, "");
    }

    private record Looks(Footprint front, Footprint all) {}

    /** Requests to one server, all of which must be answered. */
    private static final class Counted {
        private final Served served;
        private final Load load;
        private int answered;
        private int lost;

        Counted(Served served, List<byte[]> pictures) {
            this.served = served;
            this.load = new Load(served.uri(), pictures, Expected.ANY);
        }

        void ask(int requests) throws InterruptedException {
            Tally tally = load.closed(CONNECTIONS, requests);
            answered += tally.answered();
            lost += requests - tally.answered();
        }

        /** A little into a worker's life, when what malloc held is given back. */
        Looks look() throws IOException, InterruptedException {
            ask(INTO_A_LIFE);
            Thread.sleep(IdlePart.SETTLING_MILLIS);
            return new Looks(served.front(), served.all());
        }
    }
}
