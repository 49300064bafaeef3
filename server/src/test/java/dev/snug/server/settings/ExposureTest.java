package dev.snug.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Who can reach a server. The oracle is RFC 1122, 3.2.1.3 and RFC 4291, 2.5.3. */
final class ExposureTest {
    private static final String HASH =
            "$2b$10$abcdefghijklmnopqrstuuBCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    private static ServerSettings with(Map<String, String> variables) {
        return new SettingsReader(Path.of("home"))
                .read(Optional.empty(), variables, Map.of())
                .settings();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.0.9", "::1", "localhost", "LocalHost"})
    void loopbackIsForThisMachineAlone(String host) {
        ServerSettings settings = with(Map.of("SNUG_HOST", host));

        assertThat(Exposure.isPublic(settings)).isFalse();
        assertThat(Exposure.needsSignIn(settings)).isFalse();
        assertThatCode(() -> Exposure.check(settings, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "10.0.0.1",
                "127.0.0.1.example.com",
                "127.0.0.256",
                "127.1",
                "1.127.0.0",
                "::ffff:127.0.0.1",
                "localhost.example",
                "snug"
            })
    void anythingElseIsPublicAndRefusedWithoutAnybodyWhoMaySignIn(String host) {
        ServerSettings settings = with(Map.of("SNUG_HOST", host));

        assertThat(Exposure.needsSignIn(settings)).isTrue();
        assertThatThrownBy(() -> Exposure.check(settings, false))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(host)
                .hasMessageContaining("snug account add")
                .hasMessageContaining("SNUG_ADMIN_PASSWORD_HASH")
                .hasMessageContaining("one-time link");
        assertThatCode(() -> Exposure.check(settings, true)).doesNotThrowAnyException();
    }

    @Test
    void theHashOfAnAdministratorIsAWayOut() {
        ServerSettings settings =
                with(Map.of("SNUG_HOST", "0.0.0.0", "SNUG_ADMIN_PASSWORD_HASH", HASH));

        assertThatCode(() -> Exposure.check(settings, false)).doesNotThrowAnyException();
    }

    @Test
    void behindATrustedProxyLoopbackIsPublic() {
        ServerSettings settings = with(Map.of("SNUG_TRUST_PROXY", "on"));

        assertThat(Exposure.needsSignIn(settings)).isTrue();
        assertThatThrownBy(() -> Exposure.check(settings, false))
                .hasMessageContaining("trust-proxy");
    }

    @Test
    void signInAlwaysHoldsOnLoopbackToo() {
        ServerSettings settings = with(Map.of("SNUG_SIGN_IN", "always"));

        assertThat(Exposure.isPublic(settings)).isFalse();
        assertThat(Exposure.needsSignIn(settings)).isTrue();
    }
}
