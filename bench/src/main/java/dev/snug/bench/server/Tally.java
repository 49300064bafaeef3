package dev.snug.bench.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Statuses and times of many requests; for several threads. */
final class Tally {
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final List<Double> answerMillis = new ArrayList<>();
    private final List<Double> refusalMillis = new ArrayList<>();
    private int wrong;

    /** Adds what came back, and whether an answer was right. */
    synchronized void add(Answer answer, long sinceNanos, boolean isRight) {
        statuses.merge(answer.status(), 1, Integer::sum);
        double millis = (answer.atNanos() - sinceNanos) / 1e6;
        if (answer.isAnswered()) {
            answerMillis.add(millis);
            wrong += isRight ? 0 : 1;
        } else if (answer.isRefusal()) {
            refusalMillis.add(millis);
        }
    }

    synchronized int answered() {
        return answerMillis.size();
    }

    synchronized int refused() {
        return refusalMillis.size();
    }

    /** Answers that were not what the command answers. */
    synchronized int wrong() {
        return wrong;
    }

    /** Those that were neither answered nor told to come again. */
    synchronized int lost() {
        int all = statuses.values().stream().mapToInt(Integer::intValue).sum();
        return all - answered() - refused();
    }

    synchronized double answerMillis(int percent) {
        return percentile(answerMillis, percent);
    }

    synchronized double refusalMillis(int percent) {
        return percentile(refusalMillis, percent);
    }

    /** The nearest rank; 0 of nothing. */
    static double percentile(List<Double> values, int percent) {
        if (values.isEmpty()) {
            return 0;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(Math.max(0, Math.ceilDiv(percent * sorted.size(), 100) - 1));
    }

    @Override
    public synchronized String toString() {
        return "statuses " + statuses + ", wrong " + wrong;
    }
}
