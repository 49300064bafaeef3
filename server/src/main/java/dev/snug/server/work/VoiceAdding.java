package dev.snug.server.work;

import dev.snug.runtime.budget.Account;
import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.NewVoice;
import dev.snug.server.answer.VoiceCard;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.sound.SoundException;
import dev.snug.speech.text.Passage;
import dev.snug.speech.voice.Finding;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.VoiceCheck;
import dev.snug.speech.voice.VoiceFolders;

import java.io.IOException;
import java.util.stream.Collectors;

/** Makes a voice of a recording, inside of a worker, as {@code snug voice add} does. */
final class VoiceAdding {
    /**
     * Of each sample: the array and its copy while it grows, then the recording and what is left of
     * it without the silence at its ends.
     */
    private static final long BYTES_A_SAMPLE = 2L * Float.BYTES;

    /** A decoder's tables, the filter that resamples, and 15 s at 24 kHz. */
    private static final long BYTES_BESIDE = 6L << 20;

    /** A minute at 48 kHz: more is read of nothing that people record. */
    private static final long SAMPLES_MAX = (long) (VoiceCheck.READ_SECONDS_MAX * 48_000);

    private final VoiceFolders folders;

    VoiceAdding(WorkerSetup setup) {
        this.folders = new VoiceFolders(setup.home());
    }

    /** Checks and keeps {@code voice}, within what {@code budget} has room for. */
    VoiceCard add(NewVoice voice, MemoryBudget budget) throws IOException {
        if (folders.has(voice.name())) {
            throw VoiceShelf.taken(voice.name());
        }
        folders.requireFree(voice.name());
        Account audio = budget.accounts().of(StandardAccount.AUDIO);
        long samples = samples(audio.state().availableBytes());
        try (Reservation _ =
                audio.reserve("recording of a voice", BYTES_BESIDE + samples * BYTES_A_SAMPLE)) {
            return kept(voice, ReferenceAudio.forVoice(voice.file(), samples));
        } catch (SoundException e) {
            throw withoutNameOf(voice, e);
        }
    }

    /**
     * How many samples are read where {@code bytes} are free; at least one, so that all is said.
     */
    static long samples(long bytes) {
        return Math.clamp((bytes - BYTES_BESIDE) / BYTES_A_SAMPLE, 1, SAMPLES_MAX);
    }

    private VoiceCard kept(NewVoice voice, Recording recording) {
        Passage said = Passage.composed(voice.text());
        VoiceCheck check = VoiceCheck.of(recording, said);
        if (check.hasErrors() || (!check.findings().isEmpty() && !voice.isForced())) {
            String findings =
                    check.findings().stream()
                            .map(Finding::message)
                            .collect(Collectors.joining("; also "));
            throw new AnswerException(
                    AnswerException.Kind.BAD_QUESTION,
                    "the recording: "
                            + findings
                            + (check.hasErrors() ? "" : " (keep it all the same: force=true)"));
        }
        return VoiceShelf.card(written(voice, check.trimmed(), said), null);
    }

    private ListedVoice written(NewVoice voice, Recording recording, Passage said) {
        try {
            return folders.add(voice.name(), recording, said, VoiceWire.traits(voice));
        } catch (BundleException e) {
            // Another process may have taken the name since it was looked for.
            throw folders.has(voice.name())
                    ? VoiceShelf.taken(voice.name())
                    : new AnswerException(
                            AnswerException.Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** Who asked sent bytes: what they are called here is not theirs to know. */
    private static AnswerException withoutNameOf(NewVoice voice, SoundException refusal) {
        String words = String.valueOf(refusal.getMessage());
        return new AnswerException(
                AnswerException.Kind.BAD_QUESTION,
                words.replace(String.valueOf(voice.file().getFileName()), "the recording"),
                refusal);
    }
}
