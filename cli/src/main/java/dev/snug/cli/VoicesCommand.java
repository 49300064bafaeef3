package dev.snug.cli;

import dev.snug.runtime.bundle.AnsweringModel;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.SpeechModel;
import dev.snug.speech.voice.VoiceBook;
import dev.snug.speech.voice.VoiceFolders;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Lists the voices that can be spoken with. */
@Command(
        name = "voices",
        description = "List the voices: your own, then those that came with the model.",
        footer = {
            "",
            "Examples:",
            "  snug voices",
            "  snug voices --gender female --area southern",
            "  snug voices --json | jq -r .[].name",
            "  snug voice add me recording.wav --text \"…\"     makes one of your own"
        })
final class VoicesCommand implements Callable<Integer> {
    @ParentCommand private Main main;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = {
                "The model. Default: that of `snug models use`, else the only one that you"
                        + " installed, else the small one that ships with Snug."
            })
    private @Nullable String model;

    @Option(names = "--json", description = "A JSON list, one object for each voice.")
    private boolean json;

    @ArgGroup(validate = false, heading = "%nOnly voices that are:%n")
    private TraitOptions wish = new TraitOptions();

    @Override
    public Integer call() {
        VoiceBook book = book();
        boolean isFiltered = !wish.traits().equals(Traits.NONE);
        List<ListedVoice> voices = isFiltered ? book.matching(wish.traits()) : book.all();
        PrintStream out = main.surroundings().out();
        if (json) {
            JsonLines.value(
                    out,
                    list -> {
                        list.writeStartArray();
                        for (ListedVoice voice : voices) {
                            list.writeStartObject();
                            list.writeStringProperty("name", voice.name());
                            list.writeBooleanProperty("own", voice.isOwn());
                            voice.voice().traits().words().forEach(list::writeStringProperty);
                            list.writeStringProperty("text", voice.voice().text().text());
                            list.writeStringProperty("file", voice.recording().toString());
                            list.writeEndObject();
                        }
                        list.writeEndArray();
                    });
        } else if (voices.isEmpty()) {
            main.surroundings()
                    .err()
                    .println(
                            "snug: there is no voice. Import a model that has some: snug import"
                                    + " model-bin.pt, or add your own: snug voice add NAME"
                                    + " recording.wav --text \"…\"");
        } else {
            print(out, voices);
        }
        return ExitCode.OK;
    }

    /** Without any model there are still the user's own voices. */
    private VoiceBook book() {
        Surroundings surroundings = main.surroundings();
        BundleStore store = surroundings.store();
        Optional<String> name =
                model == null
                        ? AnsweringModel.of(store, SpeechSettings.KIND).map(AnsweringModel::name)
                        : Optional.of(model);
        return name.map(named -> SpeechModel.open(store, named, surroundings.snugHome()).voices())
                .orElseGet(
                        () ->
                                new VoiceBook(
                                        new VoiceFolders(surroundings.snugHome()).list(),
                                        List.of()));
    }

    private static void print(PrintStream out, List<ListedVoice> voices) {
        int width = voices.stream().mapToInt(voice -> voice.name().length()).max().orElse(0);
        for (ListedVoice voice : voices) {
            Map<String, String> words = voice.voice().traits().words();
            out.printf(
                    Locale.ROOT,
                    "%-" + width + "s  %-6s  %-9s  %-8s  %-9s  %-4s  %s%n",
                    voice.name(),
                    words.getOrDefault("gender", "-"),
                    words.getOrDefault("group", "-"),
                    words.getOrDefault("area", "-"),
                    words.getOrDefault("emotion", "-"),
                    voice.isOwn() ? "own" : "",
                    voice.voice().text().text());
        }
    }
}
