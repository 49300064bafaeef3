package dev.snug.server.openai;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.NewVoice;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ReportWish;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.answer.VoiceCard;
import dev.snug.server.answer.VoiceKeeping;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Models and voices without networks; they remember what they were asked. */
final class Fakes implements Answering, VoiceKeeping {
    /** What is spoken, part by part. */
    static final List<byte[]> PARTS = List.of(bytes(50_000, 1), bytes(7, 2), bytes(24 << 10, 3));

    final ConcurrentLinkedQueue<SpeechQuestion> questions = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<NewVoice> added = new ConcurrentLinkedQueue<>();
    final List<VoiceCard> cards =
            new CopyOnWriteArrayList<>(
                    List.of(
                            new VoiceCard("me", null, "vi", Map.of("gender", "female"), 7),
                            card("female-north", "female"),
                            card("female-south", "female"),
                            card("male-north", "male")));

    /** A part is spoken for each permit. */
    final Semaphore permits = new Semaphore(1000);

    /** What the recording that came last held. */
    volatile byte[] recording = {};

    /** Thrown in place of the part with this number. */
    volatile @Nullable AnswerException failure;

    volatile int failingPart;

    private static VoiceCard card(String name, String gender) {
        return new VoiceCard(name, "snug-vi", "vi", Map.of("gender", gender), 5);
    }

    private static byte[] bytes(int count, int seed) {
        byte[] bytes = new byte[count];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void speak(SpeechQuestion question, SoundParts sink) throws InterruptedException {
        questions.add(question);
        for (int part = 0; part < PARTS.size(); part++) {
            permits.acquire();
            AnswerException refusal = failure;
            if (refusal != null && part == failingPart) {
                throw refusal;
            }
            sink.accept(ByteBuffer.wrap(PARTS.get(part)));
        }
    }

    @Override
    public List<ModelCard> models() {
        return List.of(
                model("eyes", ModelCard.Kind.PICTURES, true),
                model("snug-vi", ModelCard.Kind.SPEECH, true),
                model("other", ModelCard.Kind.SPEECH, false));
    }

    private static ModelCard model(String name, ModelCard.Kind kind, boolean isDefault) {
        return new ModelCard(
                name,
                kind,
                isDefault,
                "",
                1,
                List.of(),
                List.of(),
                List.of(),
                false,
                1_700_000_000);
    }

    @Override
    public List<VoiceCard> voices() {
        return new ArrayList<>(cards);
    }

    @Override
    public VoiceCard add(NewVoice voice) {
        if (cards.stream().anyMatch(card -> card.name().equals(voice.name()))) {
            throw new AnswerException(AnswerException.Kind.VOICE_EXISTS, "taken");
        }
        try {
            recording = Files.readAllBytes(voice.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        added.add(voice);
        VoiceCard card = new VoiceCard(voice.name(), null, null, voice.traits(), 9);
        cards.add(card);
        return card;
    }

    @Override
    public void remove(String name) {
        if (!cards.removeIf(card -> card.isOwn() && card.name().equals(name))) {
            throw new AnswerException(AnswerException.Kind.VOICE_NOT_FOUND, "none");
        }
    }

    @Override
    public PictureAnswer classify(PictureQuestion question) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void report(PictureQuestion question, ReportWish wish) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PlanCard plan(String model) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
