package dev.snug.speech.plan;

import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.network.GraphRun;
import dev.snug.speech.network.SpeechStage;

import java.util.ArrayList;
import java.util.List;

/** What stages need whose networks stay loaded between chunks. */
final class KeptStages {
    /**
     * Longest chunks whose garbage may wait for the collector where networks are kept; a collection
     * costs as much as an evaluation of a small velocity.
     */
    static final int WAITING_CHUNKS = 2;

    private KeptStages() {}

    /**
     * Each stage while the sessions of the others wait, with their arenas, and the buffers of the
     * chunks before, which are those that the last stage still holds.
     */
    static List<Demand> of(List<Demand> alone, SessionSettings session, List<GraphRun> runs) {
        long waiting = (WAITING_CHUNKS - 1) * runs.getLast().heldBytes();
        List<Demand> all = new ArrayList<>();
        for (Demand running : alone) {
            Demand together = running.with(waiting);
            for (Demand other : alone) {
                boolean isSwapped = other.stage().equals(SpeechStage.STEPS.word());
                if (!other.stage().equals(running.stage()) && !isSwapped) {
                    together = together.beside(session.arena() ? other : other.idle());
                }
            }
            all.add(together);
        }
        return all;
    }
}
