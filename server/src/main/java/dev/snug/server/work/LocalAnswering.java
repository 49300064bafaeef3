package dev.snug.server.work;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.LocalModels;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ProviderCard;
import dev.snug.server.answer.ReportWish;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.answer.VoiceKeeping;
import dev.snug.server.job.Line;
import dev.snug.server.settings.HeatMaps;
import dev.snug.server.settings.ServerSettings;
import dev.snug.vision.picture.PictureCaps;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers with workers of this machine; nothing is planned or loaded before the first question. */
public final class LocalAnswering implements Answering, LocalModels {
    /** An answer without its picture: 50,000 scores and their names. */
    private static final int ANSWER_BYTES_MAX = PictureAnswer.HEAT_MAP_BYTES_MAX + (6 << 20);

    private final ServerSettings settings;
    private final WorkerSetup setup;
    private final ModelShelf shelf;
    private final Workforce workers;

    /**
     * Answers from the models in {@code home} and {@code shipped}.
     *
     * @param limitBytes of front and workers together
     */
    public LocalAnswering(
            ServerSettings settings, Path home, Optional<Path> shipped, long limitBytes) {
        this.settings = settings;
        PictureCaps caps = new PictureCaps(settings.pictureBytes(), settings.picturePixels());
        this.setup =
                new WorkerSetup(
                        home, shipped, limitBytes, settings.heatMaps(), caps, settings.provider());
        this.shelf = new ModelShelf(setup.store(), home, settings);
        this.workers = new Workforce(settings, setup, shelf);
    }

    @Override
    public PictureAnswer classify(PictureQuestion question) throws InterruptedException {
        String model = modelFor(question);
        return picture(model, PictureTask.CLASSIFY, PictureWire.encoded(question, model));
    }

    @Override
    public void report(PictureQuestion question, ReportWish wish) throws InterruptedException {
        String model = modelFor(question);
        picture(model, PictureTask.REPORT, ReportWire.encoded(question, model, wish));
    }

    private String modelFor(PictureQuestion question) {
        if (question.heatMap() != HeatMapForm.NONE && settings.heatMaps() == HeatMaps.OFF) {
            throw new AnswerException(
                    AnswerException.Kind.HEATMAP_OFF,
                    "heat maps are switched off on this server (SNUG_HEATMAP=off); ask without"
                            + " one");
        }
        return shelf.required(Kind.PICTURES, question.model());
    }

    private PictureAnswer picture(String model, String task, byte[] body)
            throws InterruptedException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        workers.run(
                Kind.PICTURES, model, task, body, part -> collect(part, answer, ANSWER_BYTES_MAX));
        return PictureWire.answer(answer.toByteArray());
    }

    private static void collect(ByteBuffer part, ByteArrayOutputStream answer, int bytesMax) {
        if (part.remaining() > bytesMax - answer.size()) {
            throw new AnswerException(
                    AnswerException.Kind.FAILED,
                    "a worker's answer is longer than %d bytes".formatted(bytesMax));
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        answer.writeBytes(bytes);
    }

    @Override
    public void speak(SpeechQuestion question, SoundParts sink) throws InterruptedException {
        String model = shelf.required(Kind.SPEECH, question.model());
        SpeechWire.Reader reader = new SpeechWire.Reader(sink);
        workers.run(
                Kind.SPEECH,
                model,
                SpeechTask.SPEAK,
                SpeechWire.encoded(question, model),
                reader::accept);
    }

    /** The voices that these models speak with. */
    public VoiceKeeping voices() {
        return new LocalVoices(new VoiceShelf(setup.store(), setup.home()), workers);
    }

    /**
     * Speaks a document, in steps that may each take as long as another request.
     *
     * @return the sound, in the question's workspace
     * @throws AnswerException when there is none; what counts in the workspace stays
     */
    public Path speak(BookQuestion question, BookSteps steps) throws InterruptedException {
        String model = shelf.required(Kind.SPEECH, question.speech().model());
        BookWire.Reader reader = new BookWire.Reader(steps);
        workers.runSteps(
                Kind.SPEECH,
                model,
                BookTask.SPEAK,
                BookWire.encoded(question, model),
                reader::accept);
        reader.requireMade();
        return BookTask.sound(question);
    }

    /** Where jobs wait that this server can do. */
    public Set<Line> lines() {
        return shelf.lines();
    }

    /** Whether exactly this model is there now. */
    public boolean has(Line line) {
        return shelf.has(line);
    }

    /** Whether somebody waits for the worker of {@code kind}. */
    public boolean isAwaited(Kind kind) {
        return workers.isAwaited(kind);
    }

    /**
     * Whether the kinds of work take turns, because there is room for one worker only.
     *
     * @throws AnswerException when that cannot be found out now
     */
    public boolean isInTurns() throws InterruptedException {
        return workers.isInTurns();
    }

    @Override
    public List<ModelCard> models() {
        return shelf.cards();
    }

    /** Names the exact weights and settings of the model that answers {@code question}. */
    public String version(PictureQuestion question) {
        String model = shelf.required(Kind.PICTURES, question.model());
        return model + ' ' + shelf.version(model);
    }

    /**
     * The line of jobs for a model that is there.
     *
     * @param named what was asked for; null for the default
     * @throws AnswerException of kind {@code NOT_FOUND} when there is none
     */
    public Line line(Kind kind, @Nullable String named) {
        String model = shelf.required(kind, named);
        return new Line(kind, model, shelf.version(model));
    }

    @Override
    public String version(String model) {
        shelf.kindOf(model);
        return shelf.version(model);
    }

    @Override
    public void load(String model) throws InterruptedException {
        // Before a worker: one that has far too little ends in ways that say less.
        PlanCard plan = plan(model);
        if (!plan.fits()) {
            throw new AnswerException(
                    AnswerException.Kind.TOO_LARGE,
                    "%s needs %s, and its worker has %s of this server's limit: raise --memory"
                            .formatted(
                                    model,
                                    MemorySize.up(plan.smallestBytes()),
                                    MemorySize.down(plan.limitBytes())));
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        workers.run(
                shelf.kindOf(model),
                model,
                LoadWire.LOAD,
                LoadWire.encoded(model),
                part -> collect(part, answer, LoadWire.ANSWER_BYTES_MAX));
        LoadWire.check(answer.toByteArray());
    }

    @Override
    public void unload(String model) throws InterruptedException {
        workers.unload(shelf.kindOf(model), model);
    }

    @Override
    public PlanCard plan(String model) throws InterruptedException {
        return workers.plan(model);
    }

    /**
     * Finds the shares out now rather than with the first question, which then waits for less; what
     * goes wrong is told to who asks.
     */
    public void prepare() throws InterruptedException {
        workers.prepare();
    }

    /** What the workers do now, for those who look at memory; empty before the first question. */
    public Optional<WorkersView> view() {
        return workers.view();
    }

    /** What computes, as it was when the shares were found out; empty before. */
    public Optional<ProviderCard> provider() {
        return workers.provider();
    }

    @Override
    public void close() {
        workers.close();
    }
}
