package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ProviderCard;
import dev.snug.server.answer.ReportWish;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.metrics.Metrics;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/** Whether a server is ready. The oracle is docs/api.md. */
final class HealthTest {
    private static final ModelCard MODEL =
            new ModelCard(
                    "m",
                    ModelCard.Kind.PICTURES,
                    true,
                    "",
                    1,
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    1);

    /** Nothing of it is looked at. */
    private static final Call CALL =
            (Call)
                    Proxy.newProxyInstance(
                            HealthTest.class.getClassLoader(),
                            new Class<?>[] {Call.class},
                            (_, method, _) -> {
                                throw new UnsupportedOperationException(method.getName());
                            });

    /** Has a model, and answers nothing. */
    private static final Answering ANSWERING =
            new Answering() {
                @Override
                public PictureAnswer classify(PictureQuestion question) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void report(PictureQuestion question, ReportWish wish) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void speak(SpeechQuestion question, SoundParts sink) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public List<ModelCard> models() {
                    return List.of(MODEL);
                }

                @Override
                public PlanCard plan(String model) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void close() {}
            };

    private static Reply ready(@Nullable ProviderCard card) {
        return new Health(ANSWERING, new Metrics(), () -> Optional.ofNullable(card)).ready(CALL);
    }

    @Test
    void aServerIsReadyBeforeAndAfterItIsKnownWhatComputes() {
        assertThat(ready(null).status()).isEqualTo(200);
        assertThat(ready(new ProviderCard("auto", "cpu", "no accelerator")).status())
                .isEqualTo(200);
    }

    @Test
    void aServerWhoseProviderCannotComputeIsNotReadyAndSaysWhy() {
        assertThatThrownBy(() -> ready(new ProviderCard("cuda", null, "--provider cuda: no")))
                .isInstanceOf(HttpException.class)
                .hasMessageContaining("--provider cuda: no");
    }
}
