package dev.snug.runtime.plan;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.plan.Knob.Option;
import dev.snug.runtime.plan.Plan.Choice;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the settings of a job under a limit: of all that fit, those whose first knob has the
 * earliest option, among these those whose second knob has, and so on. So the last knob is given up
 * first, and equal questions get equal answers. Reads no clock, loads nothing, logs nothing.
 */
public final class Planner<S> {
    /** Combinations looked at; a question with more is a mistake of the program. */
    static final int COMBINATIONS_MAX = 20_000;

    private final Workload<S> workload;
    private final List<Knob<S>> knobs;
    private final Map<S, Cost> known = new HashMap<>();

    private Planner(Workload<S> workload, Prefer prefer) {
        this.workload = workload;
        this.knobs = workload.knobs(prefer);
        long combinations = 1;
        for (Knob<S> knob : knobs) {
            combinations = Math.multiplyExact(combinations, knob.options().size());
        }
        if (combinations > COMBINATIONS_MAX) {
            throw new IllegalArgumentException(
                    "%d combinations; %d are allowed".formatted(combinations, COMBINATIONS_MAX));
        }
    }

    /**
     * The plan of {@code workload} under {@code limitBytes}.
     *
     * @throws dev.snug.onnx.OnnxException when what the job takes cannot be told
     */
    public static <S> Plan<S> plan(Workload<S> workload, Prefer prefer, long limitBytes) {
        return new Planner<>(workload, prefer).plan(limitBytes);
    }

    /**
     * The plan of a limit that has room for more than the job can take: the first option of each
     * knob. Empty where it has not, or where that cannot be told at once.
     */
    public static <S> Optional<Plan<S>> ample(
            Workload<S> workload, Prefer prefer, long limitBytes) {
        S wished = workload.wished(prefer);
        return workload.bound(wished)
                .filter(bound -> bound.smallestLimitBytes() <= limitBytes)
                .map(
                        bound ->
                                new Plan<>(
                                        true,
                                        limitBytes,
                                        wished,
                                        bound,
                                        bound.smallestLimitBytes(),
                                        List.of(),
                                        true,
                                        List.of()));
    }

    private Plan<S> plan(long limitBytes) {
        int[] wished = new int[knobs.size()];
        int[] smallest = wished;
        int[] chosen = null;
        for (int[] picks = wished.clone(); picks != null; picks = next(picks)) {
            long needed = needed(picks);
            if (chosen == null && needed <= limitBytes) {
                chosen = picks;
            }
            // The earlier one of two that need the same: it gives up less.
            smallest = needed < needed(smallest) ? picks : smallest;
        }
        int[] shown = chosen == null ? smallest : chosen;
        return new Plan<>(
                chosen != null,
                limitBytes,
                settings(shown),
                cost(shown),
                needed(smallest),
                choices(shown),
                false,
                changes(wished, shown));
    }

    /** The combination after {@code picks}, whose last knob moves first; null after the last. */
    private int @Nullable [] next(int[] picks) {
        int[] next = picks.clone();
        for (int at = next.length - 1; at >= 0; at--) {
            if (++next[at] < knobs.get(at).options().size()) {
                return next;
            }
            next[at] = 0;
        }
        return null;
    }

    private S settings(int[] picks) {
        S settings = workload.start();
        for (int at = 0; at < picks.length; at++) {
            settings = option(at, picks[at]).in().apply(settings);
        }
        return settings;
    }

    private Cost cost(int[] picks) {
        S settings = settings(picks);
        Cost cost = known.get(settings);
        if (cost == null) {
            cost = workload.cost(settings);
            known.put(settings, cost);
        }
        return cost;
    }

    private long needed(int[] picks) {
        return cost(picks).smallestLimitBytes();
    }

    private Option<S> option(int knob, int pick) {
        return knobs.get(knob).options().get(pick);
    }

    private List<Choice> choices(int[] picks) {
        List<Choice> choices = new ArrayList<>();
        for (int at = 0; at < picks.length; at++) {
            Knob<S> knob = knobs.get(at);
            int[] least = smallestOf(picks, at);
            choices.add(
                    new Choice(
                            knob.name(),
                            option(at, picks[at]).value(),
                            option(at, picks[at]).reason() + other(picks, at),
                            needed(picks) - needed(least),
                            cost(picks).seconds() - cost(least).seconds()));
        }
        return choices;
    }

    /** The same with the option of one knob that needs the least. */
    private int[] smallestOf(int[] picks, int knob) {
        List<int[]> all = new ArrayList<>();
        for (int pick = 0; pick < knobs.get(knob).options().size(); pick++) {
            all.add(with(picks, knob, pick));
        }
        return all.stream().min(Comparator.comparingLong(this::needed)).orElseThrow();
    }

    /** What a neighbour would have cost or saved: the better one where there is one. */
    private String other(int[] picks, int knob) {
        int count = knobs.get(knob).options().size();
        if (count == 1) {
            return "";
        }
        int pick = picks[knob] == 0 ? 1 : picks[knob] - 1;
        int[] instead = with(picks, knob, pick);
        return "; %s instead: %s, %s CPU s"
                .formatted(
                        option(knob, pick).value(),
                        signed(needed(instead) - needed(picks)),
                        String.format(
                                Locale.ROOT,
                                "%+.1f",
                                cost(instead).seconds() - cost(picks).seconds()));
    }

    private static String signed(long bytes) {
        return (bytes < 0 ? "-" : "+") + MemorySize.up(Math.abs(bytes));
    }

    private static int[] with(int[] picks, int knob, int pick) {
        int[] changed = picks.clone();
        changed[knob] = pick;
        return changed;
    }

    private List<String> changes(int[] from, int[] to) {
        List<String> changes = new ArrayList<>();
        for (int at = 0; at < from.length; at++) {
            if (from[at] != to[at]) {
                changes.add(
                        "%s %s instead of %s"
                                .formatted(
                                        knobs.get(at).name(),
                                        option(at, to[at]).value(),
                                        option(at, from[at]).value()));
            }
        }
        return changes;
    }
}
