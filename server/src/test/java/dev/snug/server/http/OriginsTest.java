package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle are the requests that browsers make: Fetch, 3.2; Fetch Metadata, 2.3. */
class OriginsTest {
    @ParameterizedTest
    @CsvSource({
        "localhost,true",
        "LOCALHOST:8080,true",
        "127.0.0.1:8080,true",
        "127.0.0.1,true",
        "[::1]:8080,true",
        "[::1],true",
        "localhost.evil.example,false",
        "evil.example:8080,false",
        "127.0.0.1.evil.example,false",
        "127.0.0.1:evil,false",
        "localhost:,false",
        "[::2],false",
        "::1,false",
    })
    void onLoopbackOnlyThisMachinesNamesForItselfAreServed(String host, boolean served) {
        Throwable refused =
                catchThrowable(() -> Origins.check(true, claim("GET", host, null, null)));
        assertThat(refused == null).isEqualTo(served);
        if (refused instanceof HttpException e) {
            assertThat(e.status()).isEqualTo(421);
        }
        Origins.check(false, claim("GET", host, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        // method, Host, Origin, Sec-Fetch-Site, served
        "POST,a.example,,,true",
        "POST,a.example,https://a.example,same-origin,true",
        "POST,a.example,https://A.EXAMPLE,,true",
        "POST,a.example:443,https://a.example,,true",
        "POST,a.example:80,http://a.example,,true",
        "POST,a.example:8080,http://a.example:8080,same-origin,true",
        "POST,a.example:8080,http://a.example:8081,,false",
        "POST,a.example,https://b.example,,false",
        "POST,a.example,https://a.example.b.example,,false",
        "POST,a.example,null,,false",
        "POST,a.example,null,same-origin,true",
        "POST,a.example,null,cross-site,false",
        "POST,a.example,,cross-site,false",
        "POST,a.example,,same-site,false",
        "POST,a.example,,none,true",
        "POST,a.example,rubbish,,false",
        "POST,,https://a.example,,false",
        "DELETE,a.example,https://b.example,,false",
        "GET,a.example,https://b.example,cross-site,true",
        "HEAD,a.example,https://b.example,cross-site,true",
    })
    void whatChangesSomethingMustComeFromOurOwnPages(
            String method,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String site,
            boolean served) {
        Origins.Claim claim = claim(method, host, origin, site);
        if (served) {
            Origins.check(false, claim);
        } else {
            assertThatThrownBy(() -> Origins.check(false, claim))
                    .isInstanceOfSatisfying(
                            HttpException.class,
                            e -> {
                                assertThat(e.status()).isEqualTo(403);
                                assertThat(e.code()).isEqualTo("cross_site");
                            });
        }
    }

    private static Origins.Claim claim(
            String method, @Nullable String host, @Nullable String origin, @Nullable String site) {
        return new Origins.Claim(method, host, origin, site);
    }
}
