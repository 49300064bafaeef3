package dev.snug.speech;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.aligned.AlignedLayout;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.FamilyText;
import dev.snug.speech.text.FirstChunk;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.Script;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.TextFront;
import dev.snug.speech.text.Vocabulary;
import dev.snug.speech.text.aloud.ReadAloud;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Text to sound with one model: plans, then takes one chunk after the other through the networks
 * and hands out samples as soon as they are final. Beside the voice it keeps nothing from chunk to
 * chunk but the overlap, and the networks where they are kept: then it is to be closed. Not for
 * several threads at once.
 */
public final class Speaker implements AutoCloseable {
    private final Networks networks;
    private final Vocabulary vocabulary;
    private final List<Float> tokenFrames;
    private @Nullable PreparedVoice voice;

    public Speaker(Networks networks, Vocabulary vocabulary) {
        this(networks, vocabulary, List.of());
    }

    private Speaker(Networks networks, Vocabulary vocabulary, List<Float> tokenFrames) {
        this.networks = networks;
        this.vocabulary = vocabulary;
        this.tokenFrames = tokenFrames;
    }

    /**
     * The speaker of a model.
     *
     * @param settings of its manifest
     * @param opening makes its networks, by its family
     */
    public static Speaker open(
            Bundle bundle,
            SpeechSettings settings,
            SessionSettings session,
            NetworksOpening opening)
            throws IOException {
        Vocabulary vocabulary = Vocabulary.read(bundle.file(SpeechSettings.VOCABULARY_FILE));
        List<Float> tokenFrames =
                settings.family() == SpeechSettings.Family.ALIGNED
                        ? AlignedLayout.tokenFrames(settings)
                        : List.of();
        return new Speaker(opening.open(bundle, settings, session), vocabulary, tokenFrames);
    }

    /** The same speaker on other networks, which make the same; what it knows of a voice stays. */
    public Speaker with(UnaryOperator<Networks> others) {
        Speaker speaker = new Speaker(others.apply(networks), vocabulary, tokenFrames);
        speaker.voice = voice;
        return speaker;
    }

    /** Lets go of networks that are kept. */
    @Override
    public void close() {
        networks.close();
    }

    /**
     * What is to be computed for {@code request}; no network runs.
     *
     * @throws TextException when the text, the voice or the pace does not fit
     * @throws IllegalArgumentException when the rules or the model do not have what is asked
     */
    public SpeechPlan plan(SpeechRequest request) {
        PreparedVoice prepared = prepared(request);
        Sampling sampling = request.sampling().under(request.rules().compat(), networks);
        FamilyText family = request.rules().text(vocabulary, tokenFrames);
        TextFront front =
                request.reader() == null
                        ? FirstChunk.front(family, request.firstChunkSeconds())
                        : new ReadAloud(request.reader(), family, request.firstChunkSeconds());
        Script script = front.script(request.passage(), prepared.reference(), request.pace());
        requireNoise(request.firstNoise(), script.chunks().getFirst());
        return new SpeechPlan(request, prepared.reference(), script, sampling);
    }

    /** How long texts take beside each other, read by the rules of {@code request}. */
    public ToDoubleFunction<String> weights(SpeechRequest request) {
        Pace pace = request.pace();
        Pace even = new Pace(pace.speed(), pace.chunkSeconds(), 0, OptionalDouble.empty());
        Reference reference = prepared(request).reference();
        return request.rules().text(vocabulary, tokenFrames).delivery(reference, even)::seconds;
    }

    /** Plans and speaks into {@code sink}, and nobody watches. */
    public Spoken speak(SpeechRequest request, SoundSink sink) throws IOException {
        return speak(plan(request), sink, SpeechListener.NONE, StageObserver.NONE);
    }

    /**
     * Speaks into {@code sink}, chunk by chunk.
     *
     * @param plan of this speaker
     * @throws IOException when {@code sink} or {@code observer} throws it
     * @throws CancellationException within one step of an interrupt or the listener's wish; what
     *     was handed out until then is not taken back
     */
    public Spoken speak(
            SpeechPlan plan, SoundSink sink, SpeechListener listener, StageObserver observer)
            throws IOException {
        return speak(plan, SpeechState.START, sink, listener, observer);
    }

    /**
     * The same from {@code state} on, which another run over an equal plan came to: what both hand
     * out is together what one run would have.
     *
     * @param state of which the chunks are at most those of {@code plan}
     */
    public Spoken speak(
            SpeechPlan plan,
            SpeechState state,
            SoundSink sink,
            SpeechListener listener,
            StageObserver observer)
            throws IOException {
        Progress progress = new Progress(sink, listener);
        SpeechRequest request = plan.request();
        PreparedVoice prepared = prepared(request);
        progress.requireWanted();
        float[] referenceMel = prepared.mel(networks);
        observer.reference(plan, prepared.samples(), referenceMel);
        List<Chunk> chunks = plan.script().chunks();
        if (state.chunks() == 0) {
            progress.handOut(silence(plan.script().leadMilliseconds()));
        }
        Joining joining = joining(request, chunks, runStart(chunks, state.chunks()));
        joining.resume(state.held());
        for (int number = state.chunks(); number < chunks.size(); number++) {
            Chunk chunk = chunks.get(number);
            listener.chunk(plan, number, chunk);
            progress.requireWanted();
            float[] noise = noise(request, number, chunk);
            observer.noise(number, chunk, noise);
            float[] mel = sampled(referenceMel, chunk, noise, plan.sampling(), progress);
            observer.mel(number, mel);
            progress.requireWanted();
            float[] wave = prepared.restored(networks.sound(mel, plan.reference().frames()));
            observer.wave(number, wave);
            progress.handOut(joining.add(wave));
            if (chunk.isEnd() || number == chunks.size() - 1) {
                progress.handOut(joining.finish());
                progress.handOut(silence(chunk.pauseMilliseconds()));
                joining = joining(request, chunks, number + 1);
            }
            sink.chunkEnded(new SpeechState(number + 1, joining.held()));
        }
        return progress.ended(plan);
    }

    /** The first of the chunks that are joined with {@code number}. */
    private static int runStart(List<Chunk> chunks, int number) {
        int first = number;
        while (first > 0 && !chunks.get(first - 1).isEnd()) {
            first--;
        }
        return first;
    }

    /** For the chunks from {@code first} to the next one that ends. */
    private static Joining joining(SpeechRequest request, List<Chunk> chunks, int first) {
        int count = 1;
        while (first + count < chunks.size() && !chunks.get(first + count - 1).isEnd()) {
            count++;
        }
        return request.rules().joining(count, request.crossFadeSamples());
    }

    private static short[] silence(int milliseconds) {
        return new short[Math.toIntExact(milliseconds * (long) Reference.SAMPLE_RATE / 1000)];
    }

    private PreparedVoice prepared(SpeechRequest request) {
        PreparedVoice known = voice;
        if (known == null || !known.isOf(request.voice(), request.rules().family())) {
            known = new PreparedVoice(request.voice(), request.rules().family());
            voice = known;
        }
        return known;
    }

    private static void requireNoise(@Nullable GivenNoise noise, Chunk first) {
        if (noise != null && noise.frames() != first.frames()) {
            throw new IllegalArgumentException(
                    "the given noise has %d frames; the first chunk has %d (--dry-run shows them)"
                            .formatted(noise.frames(), first.frames()));
        }
    }

    private static float[] noise(SpeechRequest request, int number, Chunk chunk) {
        GivenNoise given = request.firstNoise();
        return number == 0 && given != null
                ? given.values()
                : request.noise().values(number, chunk.frames() * Networks.BANDS);
    }

    /** The chunk's mel; a method of its own, so that its conditions are gone before it sounds. */
    private float[] sampled(
            float[] referenceMel,
            Chunk chunk,
            float[] noise,
            Sampling sampling,
            Progress progress) {
        Conditions conditions = networks.conditions(referenceMel, chunk.tokens(), chunk.frames());
        float[] mel = networks.sample(conditions, noise, sampling, progress);
        // As F5-TTS: the vocoder's first frames see the reference as it is, not as it was sampled.
        System.arraycopy(referenceMel, 0, mel, 0, referenceMel.length);
        return mel;
    }
}
