package dev.snug.cli;

import dev.snug.runtime.budget.BudgetException;
import dev.snug.runtime.device.ProviderException;
import dev.snug.runtime.job.DoesNotFitException;
import dev.snug.runtime.limit.LimitException;
import dev.snug.server.account.AccountException;
import dev.snug.server.settings.SettingsException;
import dev.snug.speech.book.BookWorkException;
import dev.snug.speech.npy.NpyException;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.book.BookException;
import dev.snug.speech.text.foreign.LexiconException;
import dev.snug.speech.text.markup.MarkupException;
import dev.snug.speech.voice.VoiceException;
import dev.snug.vision.patient.PatientException;
import dev.snug.vision.picture.PictureTooLargeException;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Something that went wrong, as a person reads it.
 *
 * @param message one line: what, where, the limit, what was asked, what to do
 * @param exitCode how a command ends that has nothing else to say
 */
record Failure(String message, int exitCode) {
    /** The failure behind {@code cause}. */
    static Failure of(Throwable cause) {
        return switch (cause) {
            case PictureTooLargeException tooLarge ->
                    new Failure(text(tooLarge), ExitCode.REFUSED_FOR_MEMORY);
            case DoesNotFitException _, BudgetException _, LimitException _ ->
                    new Failure(text(cause), ExitCode.REFUSED_FOR_MEMORY);
            case OutOfMemoryError _ ->
                    new Failure(
                            "the Java heap is full; raise SNUG_HEAP_MAX above "
                                    + (Runtime.getRuntime().maxMemory() >> 20)
                                    + "m or use a smaller picture or shorter chunks",
                            ExitCode.REFUSED_FOR_MEMORY);
            case UsageException _,
                    ProviderException _,
                    SettingsException _,
                    PatientException _,
                    TextException _,
                    BookException _,
                    BookWorkException _,
                    VoiceException _,
                    NpyException _,
                    MarkupException _,
                    LexiconException _,
                    IllegalArgumentException _ ->
                    new Failure(text(cause), ExitCode.USAGE);
            case AccountException wrong when wrong.kind() == AccountException.Kind.INVALID ->
                    new Failure(text(wrong), ExitCode.USAGE);
            default -> new Failure(text(cause), ExitCode.FAILED);
        };
    }

    /** The same for a person who reads the name of {@code file} beside it: it is said once. */
    Failure withoutNameOf(Path file) {
        String prefix = file + ": ";
        return message.startsWith(prefix)
                ? new Failure(message.substring(prefix.length()), exitCode)
                : this;
    }

    private static String text(Throwable cause) {
        return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    }

    /** The exit code after {@code asked} tries: memory only when it refused every one of them. */
    static int exitCode(List<Failure> failures, int asked) {
        if (failures.isEmpty()) {
            return ExitCode.OK;
        }
        boolean allRefused =
                failures.size() == asked
                        && failures.stream()
                                .allMatch(
                                        failure -> failure.exitCode == ExitCode.REFUSED_FOR_MEMORY);
        return allRefused ? ExitCode.REFUSED_FOR_MEMORY : ExitCode.FAILED;
    }
}
