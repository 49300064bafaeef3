package dev.snug.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.DecodedAt;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureAnswer.Score;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ProviderCard;
import dev.snug.server.answer.SpeechQuestion;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What goes to a worker comes out there as it was. The oracle is the value that was sent. */
final class WireTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(doubles = 41.5)
    void aPictureQuestionArrivesAsItWas(@Nullable Double age) {
        PictureQuestion asked =
                new PictureQuestion(
                        null,
                        Path.of("/tmp/ảnh \"1\".jpg"),
                        "",
                        HeatMapForm.OVERLAY,
                        Path.of("/tmp/o.png"),
                        "mel",
                        "jet",
                        "female",
                        null,
                        age,
                        true);
        PictureQuestion seen = PictureWire.question(PictureWire.encoded(asked, "m"));
        assertThat(seen)
                .usingRecursiveComparison()
                .ignoringFields("model")
                .withEqualsForType(Path::equals, Path.class)
                .isEqualTo(asked);
        assertThat(seen.model()).isEqualTo("m");
    }

    private static PictureAnswer answer(Optional<byte[]> png) {
        return new PictureAnswer(
                "m",
                List.of(
                        new Score("mel", "Melanoma", 0.12345678912345),
                        new Score("nv", "Nốt ruồi", 0)),
                png,
                png.isEmpty(),
                List.of(PhotoConcern.BLURRED),
                png.map(_ -> new DecodedAt(4, 1500, 1000, 6000, 4000)),
                0.25,
                false);
    }

    @Test
    void anAnswerArrivesWithItsHeatMapAndEveryDigit() {
        byte[] png = {1, 2, 3};
        PictureAnswer seen = PictureWire.answer(PictureWire.encoded(answer(Optional.of(png))));
        assertThat(seen.heatMap()).hasValue(png);
        assertThat(seen).usingRecursiveComparison().isEqualTo(answer(Optional.of(png)));
        assertThat(PictureWire.answer(PictureWire.encoded(answer(Optional.empty()))).heatMap())
                .isEmpty();
    }

    @Test
    void aRefusalIsThrownWhereTheAnswerIsRead() {
        AnswerException refusal =
                new AnswerException(AnswerException.Kind.TOO_LARGE, "12 MP \"photo\"");
        assertThatThrownBy(() -> PictureWire.answer(PictureWire.encoded(refusal)))
                .isInstanceOfSatisfying(
                        AnswerException.class,
                        seen -> assertThat(seen.kind()).isEqualTo(refusal.kind()))
                .hasMessage(refusal.getMessage());
        SpeechWire.Reader reader = new SpeechWire.Reader(_ -> {});
        assertThatThrownBy(() -> reader.accept(ByteBuffer.wrap(SpeechWire.encoded(refusal))))
                .isInstanceOf(AnswerException.class)
                .hasMessage(refusal.getMessage());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = 7)
    void aSpeechQuestionArrivesAsItWas(@Nullable Integer steps) {
        SpeechQuestion asked =
                new SpeechQuestion(
                        "m", "Xin chào.\n\u0000", null, 1.25, steps, -3, SpeechQuestion.Format.PCM);
        assertThat(SpeechWire.question(SpeechWire.encoded(asked, "m"))).isEqualTo(asked);
    }

    @ParameterizedTest
    @EnumSource(SpeechQuestion.Format.class)
    void everyFormatArrivesAsItWas(SpeechQuestion.Format format) {
        SpeechQuestion asked = new SpeechQuestion("m", "Một.", "lan", 1, null, 3, format);
        assertThat(SpeechWire.question(SpeechWire.encoded(asked, "m"))).isEqualTo(asked);
    }

    @Test
    void soundIsPassedOnWithoutItsMark() {
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        SpeechWire.Reader reader =
                new SpeechWire.Reader(
                        part -> {
                            while (part.hasRemaining()) {
                                sound.write(part.get());
                            }
                        });
        reader.accept(ByteBuffer.wrap(new byte[] {SpeechWire.SOUND, 1, 2}));
        reader.accept(ByteBuffer.wrap(new byte[] {SpeechWire.REFUSED, 3}));
        assertThat(sound.toByteArray()).containsExactly(1, 2, SpeechWire.REFUSED, 3);
    }

    @Test
    void aPlanArrivesAsItWas() {
        PlanCard card =
                new PlanCard(
                        "m",
                        true,
                        1L << 30,
                        100,
                        200,
                        Map.of("Java", 15L),
                        Map.of("threads", "2"),
                        List.of("no heat map"));
        Survey survey =
                new Survey(
                        new Sharing(Map.of(Kind.PICTURES, 5L, Kind.SPEECH, 6L), true),
                        List.of(card, card),
                        new ProviderCard("auto", "cpu", "no accelerator"));
        assertThat(Survey.decode(survey.encoded())).isEqualTo(survey);
        assertThat(CardWire.card(dev.snug.runtime.json.Json.bytes(CardWire.json(card)), "x"))
                .isEqualTo(card);
    }
}
