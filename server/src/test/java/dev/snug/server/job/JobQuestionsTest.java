package dev.snug.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.json.JsonException;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.job.JobQuestion.Document;
import dev.snug.server.job.JobQuestion.Picture;
import dev.snug.server.job.JobQuestion.Pictures;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** What is written is what is read. */
final class JobQuestionsTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    @Test
    void aBatchIsReadAsItWasWritten() {
        Pictures all =
                new Pictures(
                        List.of(new Picture("nốt ruồi 1.jpg", SHA256), new Picture("", SHA256)),
                        HeatMapForm.LAYER,
                        "mel",
                        "jet",
                        "female",
                        "back",
                        41.5,
                        true);
        Pictures few =
                new Pictures(
                        List.of(new Picture("a", SHA256)),
                        HeatMapForm.NONE,
                        null,
                        "viridis",
                        null,
                        null,
                        null,
                        false);
        assertThat(JobQuestions.read(JobQuestions.bytes(all))).isEqualTo(all);
        assertThat(JobQuestions.read(JobQuestions.bytes(few))).isEqualTo(few);
    }

    @Test
    void aDocumentIsReadAsItWasWritten() {
        for (Document.Kind kind : Document.Kind.values()) {
            SpeechQuestion speech =
                    new SpeechQuestion(
                            "small", "", "Lan", 1.1, 16, 9527, SpeechQuestion.Format.OPUS);
            Document document = new Document(kind, "Dế Mèn", speech);
            assertThat(JobQuestions.read(JobQuestions.bytes(document))).isEqualTo(document);
        }
        SpeechQuestion plain =
                new SpeechQuestion(null, "", null, 1, null, -1, SpeechQuestion.Format.WAV);
        Document document = new Document(Document.Kind.TEXT, "", plain);
        assertThat(JobQuestions.read(JobQuestions.bytes(document))).isEqualTo(document);
    }

    @Test
    void theLargestBatchFits() {
        String name = "ế".repeat(Picture.NAME_BYTES_MAX / 3);
        List<Picture> pictures = Collections.nCopies(JobOrder.ITEMS_MAX, new Picture(name, SHA256));
        Pictures batch =
                new Pictures(pictures, HeatMapForm.NONE, null, "viridis", null, null, null, false);
        byte[] bytes = JobQuestions.bytes(batch);
        assertThat(bytes).hasSizeLessThanOrEqualTo(JobOrder.QUESTION_BYTES_MAX);
        assertThat(JobQuestions.read(bytes)).isEqualTo(batch);
    }

    @Test
    void whatALaterSnugAskedIsAnError() {
        byte[] later = "{\"document\": \"scroll\"}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> JobQuestions.read(later)).isInstanceOf(JsonException.class);
    }
}
