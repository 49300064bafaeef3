package dev.snug.server.upstream;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.NewVoice;
import dev.snug.server.answer.VoiceCard;
import dev.snug.server.answer.VoiceKeeping;
import dev.snug.server.work.VoiceWire;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The voices of another Snug. */
final class RemoteVoices implements VoiceKeeping {
    private static final String PATH = "v1/audio/voices";

    private final RemoteAnswering there;

    RemoteVoices(RemoteAnswering there) {
        this.there = there;
    }

    @Override
    public List<VoiceCard> voices() {
        try {
            return RemoteAnswer.voices(there.got(PATH));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AnswerException(
                    AnswerException.Kind.TOO_SLOW, "interrupted while asking for voices", e);
        }
    }

    @Override
    public VoiceCard add(NewVoice voice) throws InterruptedException {
        StringBuilder query = new StringBuilder("force=").append(voice.isForced());
        RemoteAnswering.add(query, "name", voice.name());
        RemoteAnswering.add(query, "text", voice.text());
        voice.traits().forEach((trait, word) -> RemoteAnswering.add(query, trait, word));
        byte[] card =
                there.posted(
                        PATH + "?" + query, "audio/unknown", RemoteAnswering.file(voice.file()));
        return RemoteAnswering.read(() -> VoiceWire.card(card, "the other server's voice"));
    }

    @Override
    public void remove(String name) throws InterruptedException {
        String segment = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        there.posted(PATH + "/" + segment + "/remove", "application/json", BodyPublishers.noBody());
    }
}
