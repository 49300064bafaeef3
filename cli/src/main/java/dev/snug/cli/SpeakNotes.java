package dev.snug.cli;

import dev.snug.runtime.bundle.AnsweringModel;
import dev.snug.speech.Compat;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.schedule.Schedule;

import java.io.PrintStream;
import java.util.List;

/**
 * What a person is told about a speech beside its figures.
 *
 * @param isJson whether a program reads, which is told less
 */
record SpeakNotes(PrintStream err, boolean isJson) {
    /** Nobody is to take the small voice for all that Snug can do. */
    void fallback(AnsweringModel answering) {
        if (answering.isFallback() && !isJson) {
            err.println(
                    "snug: "
                            + answering.name()
                            + " is a small synthetic voice, trained on espeak-ng speech"
                            + " (robotic). For a natural one: snug import model-bin.pt"
                            + " (VietVoice), or: snug import F5TTS_v1_Base --vocos"
                            + " vocos-mel-24khz (F5)");
        }
    }

    /** What a small limit costs is said before it is heard. */
    void givenUp(PlanReport memory) {
        if (!memory.plan().giveUp().isEmpty() && !isJson) {
            err.println("snug: " + memory.line());
        }
    }

    /** Steps that begin elsewhere than asked are not taken silently. */
    void times(SpeechPlan plan) {
        Schedule schedule = plan.sampling().schedule();
        if (plan.request().rules().compat() == Compat.NONE
                && !plan.request().sampling().isMetBy(schedule)) {
            err.printf(
                    "snug: the times of this model are fixed: its %d steps begin at those"
                            + " next to the ones asked for (--dry-run shows them)%n",
                    schedule.steps());
        }
    }

    /** What an earlier run has done. */
    void kept(int done, int all) {
        if (done > 0 && !isJson) {
            err.printf("snug: %d of %d chunks are kept from before; going on%n", done, all);
        }
    }

    /** Characters that are not heard. */
    void unread(List<String> unread) {
        if (!unread.isEmpty()) {
            err.println("snug: the model does not read " + String.join(" ", unread));
        }
    }
}
