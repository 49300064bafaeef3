package dev.snug.speech.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.budget.BudgetException;
import dev.snug.runtime.budget.Gate;
import dev.snug.runtime.budget.Limit;
import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.plan.Cost;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.Knob;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Planner;
import dev.snug.runtime.plan.Predicted;
import dev.snug.runtime.plan.Predicted.Part;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.plan.StageGate;
import dev.snug.speech.FakeNetworks;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.Tokens;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Stages that reserve before they begin. The oracles are the same networks without a gate, and the
 * ledger, which is to be as it was before.
 */
class ReservedNetworksTest {
    private static final long MIB = 1 << 20;
    private static final int SAMPLES = 2560;
    private static final int FRAMES = 30;

    @TempDir private static Path home;

    private static final List<Demand> DEMANDS =
            List.of(
                    demand("mel", 1),
                    demand("durations", 1),
                    demand("text", 2),
                    demand("steps", 3),
                    demand("velocity", 9),
                    demand("vocoder", 5));

    private static Demand demand(String stage, long mebibytes) {
        return new Demand(
                stage,
                new Predicted(
                        List.of(
                                new Part("weights", 0, mebibytes * MIB),
                                new Part("activations and results", mebibytes * MIB, 0))),
                mebibytes * MIB);
    }

    private static ProcessAccounts accounts(long limitBytes, Gate gate) {
        return ProcessAccounts.open(
                new Limit(limitBytes, "a test"),
                new Limit(24 * MIB, "a test"),
                new Limit(0, "a test"),
                Demand.JAVA_FLOOR,
                gate);
    }

    private static long used(ProcessAccounts accounts) {
        return accounts.memory().state().usedBytes();
    }

    /** A voice and two chunks. */
    private static float[] job(Networks networks, StepListener listener) {
        float[] mel = networks.mel(new float[SAMPLES]);
        Sampling sampling =
                new Sampling(networks.schedule(Schedule.Kind.EPSS, 4), 2, GuidanceSteps.ALL);
        float[] wave = {};
        for (int chunk = 0; chunk < 2; chunk++) {
            Conditions conditions = networks.conditions(mel, Tokens.of(1, 2, 3), FRAMES);
            float[] noise = new float[FRAMES * Networks.BANDS];
            noise[noise.length - Networks.BANDS] = 1;
            float[] made = networks.sample(conditions, noise, sampling, listener);
            wave = networks.sound(made, mel.length / Networks.BANDS);
        }
        return wave;
    }

    private static Networks reserved(Networks networks, StageGate gate) {
        return new ReservedNetworks(networks, DEMANDS, SAMPLES, FRAMES, gate, false);
    }

    @Test
    void networksThatAreKeptReserveTheLargestStageOnceAndUntilTheyAreClosed() {
        List<String> entered = new ArrayList<>();
        StageGate gate =
                demand -> {
                    entered.add(demand.stage());
                    return () -> entered.add("end");
                };
        try (Networks networks =
                new ReservedNetworks(new FakeNetworks(), DEMANDS, SAMPLES, FRAMES, gate, true)) {
            assertThat(job(networks, StepListener.NONE))
                    .isEqualTo(job(new FakeNetworks(), StepListener.NONE));
            assertThat(entered).containsExactly("velocity");
        }

        assertThat(entered).containsExactly("velocity", "end");
    }

    @Test
    void eachStageReservesTheLargerOfWhatItRunsAndGivesItBack() {
        List<String> entered = new ArrayList<>();
        StageGate gate =
                demand -> {
                    entered.add(demand.stage());
                    return () -> entered.add("end");
                };

        float[] wave = job(reserved(new FakeNetworks(), gate), StepListener.NONE);

        assertThat(wave).isEqualTo(job(new FakeNetworks(), StepListener.NONE));
        assertThat(entered)
                .startsWith("mel", "end", "text", "end", "velocity", "end", "vocoder", "end")
                .hasSize(14);
    }

    @Test
    void whicheverReservationIsRefusedNothingStaysAndTheNextJobIsRight() {
        float[] expected = job(new FakeNetworks(), StepListener.NONE);
        int asked = 0;
        for (int fails = 0; fails == 0 || fails <= asked; fails++) {
            Counting gate = new Counting(fails);
            try (ProcessAccounts accounts = accounts(256 * MIB, gate)) {
                long before = used(accounts);
                gate.isArmed = true;
                Networks networks = reserved(new FakeNetworks(), StageGate.of(accounts));
                if (fails == 0) {
                    assertThat(job(networks, StepListener.NONE)).isEqualTo(expected);
                    asked = gate.count;
                } else {
                    assertThatThrownBy(() -> job(networks, StepListener.NONE))
                            .isInstanceOf(BudgetException.class)
                            .hasMessageContaining("the test says so");
                }
                assertThat(used(accounts)).isEqualTo(before);
                gate.isArmed = false;
                assertThat(job(networks, StepListener.NONE)).isEqualTo(expected);
                assertThat(used(accounts)).isEqualTo(before);
            }
        }
        assertThat(asked).as("three accounts for each of seven stages").isEqualTo(21);
    }

    /** Refuses one reservation. */
    private static final class Counting implements Gate {
        private final int failing;
        private boolean isArmed;
        private int count;

        Counting(int failing) {
            this.failing = failing;
        }

        @Override
        public Optional<String> objection(Request request) {
            return isArmed && ++count == failing
                    ? Optional.of("the test says so")
                    : Optional.empty();
        }
    }

    @Test
    void aCancelledStageGivesBackWhatItReserved() {
        try (ProcessAccounts accounts = accounts(256 * MIB, Gate.OPEN)) {
            long before = used(accounts);
            Networks networks = reserved(new FakeNetworks(), StageGate.of(accounts));
            StepListener second =
                    (step, steps) -> {
                        if (step == 2) {
                            assertThat(used(accounts)).isGreaterThan(before);
                            throw new CancellationException("enough");
                        }
                    };

            assertThatThrownBy(() -> job(networks, second))
                    .isInstanceOf(CancellationException.class);
            assertThat(used(accounts)).isEqualTo(before);
        }
    }

    @Test
    void whatIsLongerThanPlannedIsRefusedBeforeItRuns() {
        FakeNetworks fake = new FakeNetworks();
        Networks networks = reserved(fake, StageGate.OPEN);
        float[] mel = new float[11 * Networks.BANDS];

        assertThatThrownBy(() -> networks.conditions(mel, Tokens.of(1), FRAMES + 1))
                .isInstanceOf(TextException.class)
                .hasMessageContaining("31 mel frames")
                .hasMessageContaining("30 (0.3 s) that were planned");
        assertThatThrownBy(() -> networks.mel(new float[SAMPLES + 1]))
                .isInstanceOf(TextException.class)
                .hasMessageContaining("2561 samples was planned as 2560");
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void whatIsWishedIsTheFirstOfEachKnobAndCutsNoTextForShorterChunks() {
        List<Double> cut = new ArrayList<>();
        SpeechWish open = SpeechWish.open(Models.REFERENCE_SAMPLES, 2);
        SpeechWish watched =
                new SpeechWish(
                        open.chunkSeconds(),
                        open.sampling(),
                        open.compat(),
                        open.engine(),
                        open.referenceSamples(),
                        seconds -> {
                            cut.add(seconds);
                            return open.chunking().at(seconds);
                        });
        SpeechWorkload workload = Models.workload(Models.shipped(home), watched);
        for (Prefer prefer : Prefer.values()) {
            SpeechChoice wished = workload.wished(prefer);

            assertThat(cut).isEmpty();
            assertThat(wished)
                    .isEqualTo(
                            Knob.first(
                                    workload.start(),
                                    Models.workload(Models.shipped(home), open).knobs(prefer)));
        }
    }

    @Test
    void aPlannedJobFitsItsSmallestBudgetAndNotOneByteLess() {
        SpeechWorkload workload =
                Models.workload(Models.shipped(home), SpeechWish.open(Models.REFERENCE_SAMPLES, 1));
        Plan<SpeechChoice> plan = Planner.plan(workload, Prefer.BALANCED, 1 << 30);
        for (boolean isKept : new boolean[] {false, true}) {
            Cost cost = workload.cost(plan.settings().withKept(isKept));
            long stays = cost.largest().staysBytes() + 24 * MIB;

            assertThat(refusals(cost.demands(), stays)).isZero();
            // Networks that are kept are there together, whichever of them runs.
            assertThat(refusals(cost.demands(), stays - 1)).isBetween(1, isKept ? 4 : 1);
        }
    }

    private static int refusals(List<Demand> demands, long limitBytes) {
        int refused = 0;
        try (ProcessAccounts accounts =
                ProcessAccounts.open(
                        new Limit(limitBytes, "a test"),
                        new Limit(24 * MIB, "a test"),
                        new Limit(0, "a test"),
                        Demand.JAVA_FLOOR,
                        Gate.OPEN)) {
            for (Demand demand : demands) {
                try {
                    StageGate.of(accounts).enter(demand).close();
                } catch (BudgetException e) {
                    refused++;
                }
            }
        }
        return refused;
    }
}
