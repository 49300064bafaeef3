package dev.snug.speech.text.chunk;

import java.util.Arrays;

/**
 * Chooses the cuts of a stretch that together cost least: for each piece the square of its
 * deviation from the planned length over the product of both, so that half and double cost the
 * same, and for each cut what its kind costs. No piece is longer than the limit where any cut can
 * prevent it. A shortest path over the cuts, each of which sees only those within one limit before
 * it.
 */
final class Balance {
    /** Cuts that are weighed for each planned length; about one for each char. */
    private static final int BUCKETS = 128;

    private final double[] at;
    private final double[] cost;
    private final int[] ids;
    private final int size;

    private Balance(double[] at, double[] cost, int[] ids, int size) {
        this.at = at;
        this.cost = cost;
        this.ids = ids;
        this.size = size;
    }

    /**
     * Which of {@code cuts} are made, in order.
     *
     * @param total seconds of the stretch, more than {@code limit}
     * @param target planned seconds of a piece
     * @param limit most seconds of a piece
     */
    static int[] choose(Cuts cuts, Scale scale, double total, double target, double limit) {
        return thinned(cuts, scale, target, total).path(target, limit);
    }

    /** The cheapest cut of each bucket, the start before them and the end behind. */
    private static Balance thinned(Cuts cuts, Scale scale, double target, double total) {
        int most = (int) Math.min(cuts.size(), total / target * BUCKETS + 1) + 2;
        double[] at = new double[most];
        double[] cost = new double[most];
        int[] ids = new int[most];
        int size = 1;
        long bucket = -1;
        for (int cut = 0; cut < cuts.size(); cut++) {
            double seconds = scale.at(cuts.end(cut));
            long its = (long) (seconds / target * BUCKETS);
            boolean isNew = its != bucket;
            if (isNew || cuts.kind(cut).cost <= cost[size - 1]) {
                size += isNew ? 1 : 0;
                at[size - 1] = seconds;
                cost[size - 1] = cuts.kind(cut).cost;
                ids[size - 1] = cut;
            }
            bucket = its;
        }
        at[size] = total;
        return new Balance(at, cost, ids, size + 1);
    }

    private int[] path(double target, double limit) {
        double[] best = new double[size];
        int[] from = new int[size];
        int first = 0;
        double least = target / BUCKETS;
        for (int to = 1; to < size; to++) {
            while (first < to - 1 && at[to] - at[first] > limit) {
                first++;
            }
            best[to] = Double.POSITIVE_INFINITY;
            for (int before = first; before < to; before++) {
                double length = Math.max(at[to] - at[before], least);
                double off = length - target;
                double sum = best[before] + off * off / (length * target) + cost[to];
                if (sum < best[to]) {
                    best[to] = sum;
                    from[to] = before;
                }
            }
        }
        int[] chosen = new int[size];
        int count = 0;
        for (int cut = from[size - 1]; cut > 0; cut = from[cut]) {
            chosen[size - 1 - count] = ids[cut];
            count++;
        }
        return Arrays.copyOfRange(chosen, size - count, size);
    }
}
