package dev.snug.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.schedule.Schedule.Kind;
import dev.snug.speech.text.Pace;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What each system's rules are; the oracles are the defaults of the two systems' own programs. */
final class RulesTest {
    private final FakeNetworks networks = new FakeNetworks();

    @Test
    void eachSystemHasItsOwnPaceAndCrossFade() {
        Rules f5 = Rules.of(Compat.F5, Family.VIETVOICE);
        Rules vietVoice = Rules.of(Compat.VIETVOICE, Family.F5);
        Rules own = Rules.of(Compat.NONE, Family.F5);

        assertThat(f5).isEqualTo(new Rules(Compat.F5, Family.F5, Pace.F5, 3_600));
        assertThat(vietVoice)
                .isEqualTo(new Rules(Compat.VIETVOICE, Family.VIETVOICE, Pace.VIETVOICE, 2_400));
        assertThat(own.family()).isEqualTo(Family.F5);
        assertThat(own.crossFadeSeconds()).isEqualTo(0.1);
        assertThat(own.pace().chunkSeconds()).isEqualTo(15);
        assertThat(own.pace().minSeconds()).isZero();
        assertThat(Rules.of(Compat.NONE, Family.VIETVOICE).pace()).isEqualTo(Pace.VIETVOICE);
    }

    @Test
    void ownRulesTakeTheModelsStepsUnlessSomebodySaysOtherwise() {
        assertThat(SamplingWish.DEFAULT.under(Compat.NONE, networks))
                .isEqualTo(new Sampling(Schedule.epss(4, -1), 2, GuidanceSteps.ALL));
        SamplingWish wish = wish(16, Kind.UNIFORM);
        assertThat(wish.under(Compat.NONE, networks).schedule())
                .isEqualTo(Schedule.uniform(16, -1));
    }

    @Test
    void f5PrunesItsStepsAndTakes32() {
        assertThat(SamplingWish.DEFAULT.under(Compat.F5, networks).schedule())
                .isEqualTo(Schedule.uniform(32, -1));
        assertThat(wish(7, null).under(Compat.F5, networks).schedule())
                .isEqualTo(Schedule.epss(7, -1));
    }

    @Test
    void f5IsRefusedOnAModelWithOtherTimes() {
        Networks onAGrid =
                (Networks)
                        Proxy.newProxyInstance(
                                Networks.class.getClassLoader(),
                                new Class<?>[] {Networks.class},
                                (proxy, method, arguments) -> Schedule.export());

        assertThatThrownBy(() -> SamplingWish.DEFAULT.under(Compat.F5, onAGrid))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--compat f5 with 32 steps");
    }

    @Test
    void vietVoiceHas32PointsAndNothingElse() {
        assertThat(SamplingWish.DEFAULT.under(Compat.VIETVOICE, networks).schedule())
                .isEqualTo(Schedule.export());
        assertThat(wish(32, Kind.UNIFORM).under(Compat.VIETVOICE, networks).schedule().steps())
                .isEqualTo(31);
        assertThatThrownBy(() -> wish(16, null).under(Compat.VIETVOICE, networks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("--steps 16", "32 points", "t = 0.275");
        assertThatThrownBy(() -> wish(32, Kind.EPSS).under(Compat.VIETVOICE, networks))
                .hasMessageContaining("--schedule uniform");
    }

    @Test
    void timesNextToThoseAskedForAreToldApart() {
        assertThat(wish(16, null).isMetBy(Schedule.epss(16, -1))).isTrue();
        // Who names no kind gets the model's own, whichever that is.
        assertThat(wish(16, null).isMetBy(Schedule.uniform(16, -1))).isTrue();
        assertThat(wish(16, null).isMetBy(Schedule.uniform(16, 0))).isFalse();
        assertThat(wish(16, Kind.EPSS).isMetBy(Schedule.uniform(16, -1))).isFalse();
        assertThat(wish(16, Kind.UNIFORM).isMetBy(Schedule.uniform(16, -1))).isTrue();
        assertThat(SamplingWish.DEFAULT.isMetBy(Schedule.export())).isTrue();
    }

    @Test
    void aWishOutOfRangeSaysTheRange() {
        assertThatThrownBy(() -> wish(0, null)).hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> wish(1_001, null)).hasMessageContaining("1 to 1000");
        assertThatThrownBy(
                        () ->
                                new SamplingWish(
                                        OptionalInt.empty(),
                                        Optional.empty(),
                                        Optional.of(Float.NaN),
                                        GuidanceSteps.ALL))
                .hasMessageContaining("0 to 20");
        SamplingWish late =
                new SamplingWish(
                        OptionalInt.of(8),
                        Optional.empty(),
                        Optional.of(2f),
                        GuidanceSteps.without(Set.of(7, 8)));
        assertThatThrownBy(() -> late.under(Compat.NONE, networks))
                .hasMessageContaining("no step 8 among 8");
    }

    private static SamplingWish wish(int steps, @Nullable Kind kind) {
        return new SamplingWish(
                OptionalInt.of(steps),
                Optional.ofNullable(kind),
                Optional.of(2f),
                GuidanceSteps.ALL);
    }
}
