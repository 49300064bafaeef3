package dev.snug.cli;

import dev.snug.speech.sound.Recording;
import dev.snug.speech.sound.SoundException;
import dev.snug.speech.text.Passage;
import dev.snug.speech.voice.Finding;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.VoiceCheck;
import dev.snug.speech.voice.VoiceFolders;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Adds and removes voices of the user's own. */
@Command(
        name = "voice",
        description = "Add a voice of your own, or remove one.",
        subcommands = VoiceCommand.Add.class,
        footer = {
            "",
            "Examples:",
            "  snug voice add me recording.wav --text \"Những gì tôi nói trong bản ghi.\"",
            "  snug voice add lan lan.wav --text \"…\" --gender female --area central",
            "  snug voice remove me",
            "",
            "A good recording: one speaker, 2 to 15 s, no music, no echo, and its exact words."
        })
final class VoiceCommand implements Runnable {
    @ParentCommand private Main main;

    @Spec private CommandSpec spec;

    /** Without a subcommand: shows what there is. */
    @Override
    public void run() {
        throw new UsageException("say what to do: " + spec.qualifiedName() + " add or remove");
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Remove a voice of your own.")
    int remove(@Parameters(paramLabel = "NAME", description = "The voice.") String name) {
        new VoiceFolders(main.surroundings().snugHome()).remove(name);
        return ExitCode.OK;
    }

    /** Checks a recording and keeps it as a voice. */
    @Command(name = "add", description = "Make a voice of a recording of 2 to 15 s.")
    static final class Add implements Callable<Integer> {
        @ParentCommand private VoiceCommand parent;

        @Parameters(index = "0", paramLabel = "NAME", description = "What the voice is called.")
        private String name;

        @Parameters(
                index = "1",
                paramLabel = "FILE",
                description = "WAV, FLAC, MP3, Ogg Vorbis or Opus of any rate and channels.")
        private Path file;

        @Option(
                names = "--text",
                required = true,
                paramLabel = "TEXT",
                description = "What is said in it, word for word.")
        private String text;

        @Option(
                names = "--force",
                description = "Keep it in spite of warnings; errors still refuse it.")
        private boolean force;

        @ArgGroup(validate = false, heading = "%nIt is:%n")
        private TraitOptions traits = new TraitOptions();

        @Override
        public Integer call() throws IOException {
            Surroundings surroundings = parent.main.surroundings();
            VoiceFolders folders = new VoiceFolders(surroundings.snugHome());
            folders.requireFree(name);
            Passage said = Passage.composed(text);
            Recording recording = ReferenceAudio.forVoice(file);
            VoiceCheck check = VoiceCheck.of(recording, said);
            if (check.hasErrors() || (!check.findings().isEmpty() && !force)) {
                throw new SoundException(
                        file.getFileName()
                                + ": "
                                + joined(check.findings())
                                + (check.hasErrors() ? "" : ". Keep it all the same: --force"));
            }
            for (Finding finding : check.findings()) {
                surroundings.err().println("snug: warning: " + finding.message());
            }
            folders.add(name, check.trimmed(), said, traits.traits());
            surroundings.out().printf(Locale.ROOT, "%s  %.1f s%n", name, check.trimmed().seconds());
            return ExitCode.OK;
        }

        private static String joined(List<Finding> findings) {
            return findings.stream().map(Finding::message).collect(Collectors.joining("; also "));
        }
    }
}
