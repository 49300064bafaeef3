package dev.snug.server.work;

import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.worker.Reply;
import dev.snug.runtime.worker.TaskException;
import dev.snug.runtime.worker.WorkerException;
import dev.snug.runtime.worker.WorkerTask;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechListener;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.StageObserver;
import dev.snug.speech.plan.EngineWish;
import dev.snug.speech.plan.PlannedSpeech;
import dev.snug.speech.sound.SoundEncoder;
import dev.snug.speech.sound.SoundFormat;
import dev.snug.speech.sound.SoundTags;
import dev.snug.speech.text.Reference;
import dev.snug.speech.voice.SpeechModel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** Speaks in a worker: each stage is loaded for its time, so nothing stays between questions. */
public final class SpeechTask implements WorkerTask {
    /** The request's name. */
    static final String SPEAK = "speak";

    /** What a model that is loaded ahead is planned with. */
    private static final SpeechQuestion A_WORD =
            new SpeechQuestion(null, "Xin chào.", null, 1, null, 0, SpeechQuestion.Format.PCM);

    /** The request that makes a voice of a recording. */
    static final String ADD_VOICE = "add-voice";

    private final WorkerSetup setup = WorkerSetup.ofThisProcess();
    private final BundleStore store = setup.store();

    @Override
    public void run(String name, byte[] body, Reply reply) throws IOException {
        switch (name) {
            case SPEAK -> speak(body, reply);
            case BookTask.SPEAK -> new BookTask(setup).run(body, reply);
            case ADD_VOICE -> addVoice(body, reply);
            case LoadWire.LOAD -> {
                String model = LoadWire.model(body);
                reply.send(LoadWire.encoded(Refusals.within(() -> load(model))));
            }
            default ->
                    throw new TaskException(
                            WorkerException.Kind.BAD_REQUEST, "no request is " + name);
        }
    }

    private void addVoice(byte[] body, Reply reply) throws IOException {
        byte[] answer;
        try (MemoryBudget budget = MemoryBudget.open(setup.limit())) {
            byte[] card =
                    Json.bytes(
                            VoiceWire.json(
                                    new VoiceAdding(setup).add(VoiceWire.voice(body), budget)));
            answer = ByteBuffer.allocate(1 + card.length).put(SpeechWire.VOICE).put(card).array();
        } catch (RuntimeException e) {
            answer = SpeechWire.encoded(Refusals.ofQuestion(e).orElseThrow(() -> e));
        }
        reply.send(answer);
    }

    private void speak(byte[] body, Reply reply) throws IOException {
        Sound sound = new Sound(reply);
        try {
            speak(SpeechWire.question(body), sound);
        } catch (RuntimeException e) {
            Optional<AnswerException> refusal = Refusals.ofQuestion(e);
            if (refusal.isEmpty() || sound.hasBegun()) {
                throw e;
            }
            reply.send(SpeechWire.encoded(refusal.get()));
        }
    }

    private void speak(SpeechQuestion question, Sound sound) throws IOException {
        SpeechModel model = opened(Objects.requireNonNull(question.model()));
        SpeechRequest request = AskedSpeech.request(model, question);
        PlannedSpeech planned = planned(model, request, format(question.format()));
        try (MemoryBudget budget = MemoryBudget.open(setup.limit(), setup.placement());
                Reservation _ = planned.audio(budget);
                Speaker speaker = planned.reserving(budget)) {
            if (question.format() == SpeechQuestion.Format.PCM) {
                speaker.speak(planned.speech(), sound::samples, sound, StageObserver.NONE);
                return;
            }
            SoundTags tags = SoundTags.spoken(question.text(), request.voice().name());
            SoundEncoder encoder =
                    format(question.format()).encoder(sound, Reference.SAMPLE_RATE, tags);
            speaker.speak(
                    planned.speech(),
                    samples -> {
                        sound.begin();
                        encoder.write(samples);
                    },
                    sound,
                    StageObserver.NONE);
            encoder.close();
        }
    }

    /** Each stage is loaded for its time, so what there is to do ahead is to check and to plan. */
    private void load(String name) {
        try {
            SpeechModel model = opened(name);
            planned(model, AskedSpeech.request(model, A_WORD), SoundFormat.WAV);
        } catch (IOException e) {
            throw new UncheckedIOException("a voice of " + name + " cannot be read", e);
        }
    }

    private SpeechModel opened(String name) {
        return SpeechModel.open(store, name, setup.home());
    }

    private PlannedSpeech planned(SpeechModel model, SpeechRequest request, SoundFormat format)
            throws IOException {
        return PlannedSpeech.of(
                model,
                request,
                new PlannedSpeech.Wish(
                        OptionalDouble.empty(),
                        EngineWish.open(Runtime.getRuntime().availableProcessors())
                                .withPlacement(setup.placement()),
                        setup.limit(),
                        Prefer.BALANCED,
                        false,
                        format),
                NetworksOpening.BY_FAMILY);
    }

    /** Of the file; samples alone take as much as in a WAV file. */
    static SoundFormat format(SpeechQuestion.Format asked) {
        return switch (asked) {
            case WAV, PCM -> SoundFormat.WAV;
            case FLAC -> SoundFormat.FLAC;
            case MP3 -> SoundFormat.MP3;
            case OPUS -> SoundFormat.OPUS;
        };
    }

    /** Sound on its way to the front, behind the byte that says so. */
    private static final class Sound extends OutputStream implements SpeechListener {
        private final Reply reply;
        private final ByteArrayOutputStream head = new ByteArrayOutputStream();
        private boolean hasBegun;

        Sound(Reply reply) {
            this.reply = reply;
        }

        boolean hasBegun() {
            return hasBegun;
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte});
        }

        /** Says that sound follows, behind the head of the file. */
        void begin() throws IOException {
            if (!hasBegun) {
                hasBegun = true;
                reply.send(new byte[] {SpeechWire.SOUND});
                reply.send(head.toByteArray());
                head.reset();
            }
        }

        /** Samples without a file around them. */
        void samples(short[] samples) throws IOException {
            begin();
            ByteBuffer bytes =
                    ByteBuffer.allocate(Short.BYTES * samples.length)
                            .order(ByteOrder.LITTLE_ENDIAN);
            bytes.asShortBuffer().put(samples);
            write(bytes.array());
        }

        /** A file's head waits for the first samples: what fails before them is a refusal. */
        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (hasBegun) {
                reply.send(bytes, from, count);
            } else {
                head.write(bytes, from, count);
            }
        }

        @Override
        public boolean isCancelled() {
            return reply.cancelled();
        }
    }
}
