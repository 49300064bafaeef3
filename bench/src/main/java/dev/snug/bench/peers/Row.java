package dev.snug.bench.peers;

import dev.snug.bench.Spread;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What is known of a row.
 *
 * @param few runs with few units, at least one, round by round
 * @param more the same rounds with more units
 * @param limit what the search for a limit found; empty: not searched; empty inside: nothing found
 * @param difference of the answer
 */
record Row(
        Peer peer,
        List<Took> few,
        List<Took> more,
        Optional<Optional<Search.Found>> limit,
        Optional<Difference> difference) {

    Spread peak() {
        return spread(Took::peakMib);
    }

    Spread anon() {
        return spread(Took::anonMib);
    }

    Spread file() {
        return spread(Took::fileMib);
    }

    Spread charged() {
        return spread(Took::chargedMib);
    }

    /** Of the whole job. */
    Spread cpu() {
        return spread(Took::cpuSeconds);
    }

    /** Until the program's own code began; 0 where it does not tell. */
    Spread startCpu() {
        return spread(Took::startCpuSeconds);
    }

    Spread loadCpu() {
        return spread(Took::loadCpuSeconds);
    }

    /** CPU seconds of one unit, round by round: more units less few. */
    Spread unitCpu() {
        return Spread.of(unitSeconds());
    }

    /** CPU seconds of all that is no unit: start, load, text, vocoder, overlay. */
    Spread restCpu() {
        List<Double> units = unitSeconds();
        List<Double> rest = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            rest.add(few.get(i).cpuSeconds() - peer.kind().few * units.get(i));
        }
        return Spread.of(rest);
    }

    private List<Double> unitSeconds() {
        Kind kind = peer.kind();
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < more.size(); i++) {
            double extra = more.get(i).cpuSeconds() - few.get(i).cpuSeconds();
            seconds.add(extra / (kind.more - kind.few));
        }
        return seconds;
    }

    private Spread spread(ToDoubleFunction<Took> figure) {
        return Spread.of(few.stream().map(figure::applyAsDouble).toList());
    }
}
