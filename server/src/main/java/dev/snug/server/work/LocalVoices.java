package dev.snug.server.work;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.NewVoice;
import dev.snug.server.answer.VoiceCard;
import dev.snug.server.answer.VoiceKeeping;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The voices in this machine's folders. A recording is read by the worker for speech, which has the
 * memory for it; lists and removals are a matter of small files.
 */
final class LocalVoices implements VoiceKeeping {
    private static final int CARD_BYTES_MAX = 16 << 10;

    private final VoiceShelf shelf;
    private final Workforce workers;

    LocalVoices(VoiceShelf shelf, Workforce workers) {
        this.shelf = shelf;
        this.workers = workers;
    }

    @Override
    public List<VoiceCard> voices() {
        return shelf.cards();
    }

    @Override
    public VoiceCard add(NewVoice voice) throws InterruptedException {
        shelf.requireFree(voice.name());
        ByteArrayOutputStream card = new ByteArrayOutputStream();
        SpeechWire.Reader reader = new SpeechWire.Reader(part -> collect(part, card));
        workers.run(
                ModelCard.Kind.SPEECH,
                SpeechTask.ADD_VOICE,
                VoiceWire.encoded(voice),
                reader::accept);
        return VoiceWire.card(card.toByteArray(), "a worker's voice");
    }

    private static void collect(ByteBuffer part, ByteArrayOutputStream card) {
        if (part.remaining() > CARD_BYTES_MAX - card.size()) {
            throw new AnswerException(
                    AnswerException.Kind.FAILED,
                    "a worker's voice is longer than %d bytes".formatted(CARD_BYTES_MAX));
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        card.writeBytes(bytes);
    }

    @Override
    public void remove(String name) {
        shelf.remove(name);
    }
}
