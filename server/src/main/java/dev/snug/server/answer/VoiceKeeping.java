package dev.snug.server.answer;

import java.util.List;

/** Whoever keeps the voices: this machine's folders, or another Snug. From many threads at once. */
public interface VoiceKeeping {
    /**
     * The voices there are, the user's own first; those hide a model's of the same name.
     *
     * @throws AnswerException when they cannot be read
     */
    List<VoiceCard> voices();

    /**
     * Checks a recording and keeps it as a voice: whole, or not at all.
     *
     * @throws AnswerException of kind {@code VOICE_EXISTS} when the name is taken, {@code
     *     BAD_QUESTION} when the recording, the name or the text will not do
     */
    VoiceCard add(NewVoice voice) throws InterruptedException;

    /**
     * Removes one of the user's own voices.
     *
     * @throws AnswerException of kind {@code VOICE_NOT_FOUND} when there is none of that name
     */
    void remove(String name) throws InterruptedException;
}
