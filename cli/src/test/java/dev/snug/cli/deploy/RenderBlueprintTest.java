package dev.snug.cli.deploy;

import static dev.snug.cli.deploy.DeployFormatTest.SKLESION;
import static dev.snug.cli.deploy.DeployFormatTest.at;
import static dev.snug.cli.deploy.DeployFormatTest.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

/**
 * A blueprint of Render. Its JSON schema has no licence to ship it under: the oracle is the fields
 * of its "Blueprint YAML Reference", and ranges of its API reference.
 */
final class RenderBlueprintTest {
    @Test
    void renderKnowsEveryFieldOfTheBlueprint() {
        Object service = at(yaml(DeployFormat.RENDER.text(SKLESION)), "services", 0);

        // Blueprint YAML Reference, "Service fields" and "envVars".
        assertThat(((Map<?, ?>) service).keySet())
                .extracting(String::valueOf)
                .isSubsetOf(
                        "type",
                        "name",
                        "runtime",
                        "plan",
                        "dockerfilePath",
                        "dockerContext",
                        "healthCheckPath",
                        "maxShutdownDelaySeconds",
                        "envVars");
        assertThat(at(service, "type")).isEqualTo("web");
        assertThat(at(service, "runtime")).isEqualTo("docker");
        assertThat((Integer) at(service, "maxShutdownDelaySeconds")).isBetween(1, 300);
        assertThat((List<?>) at(service, "envVars"))
                .allSatisfy(
                        variable ->
                                assertThat(((Map<?, ?>) variable).keySet().toString())
                                        .isIn("[key, value]", "[key, sync]"))
                .last()
                .isEqualTo(Map.of("key", Deployment.SECRET, "sync", false));
    }

    @ParameterizedTest
    @CsvSource({"100, free", "512, free", "513, standard", "4097, pro plus", "32768, pro ultra"})
    void renderIsAskedForTheSmallestInstanceThatHoldsTheLimit(long mebibytes, String plan) {
        Deployment deployment = new Deployment("m", true, "speech", "auto", mebibytes);

        assertThat(at(yaml(DeployFormat.RENDER.text(deployment)), "services", 0, "plan"))
                .isEqualTo(plan);
        assertThatThrownBy(
                        () ->
                                DeployFormat.RENDER.text(
                                        new Deployment("m", true, "speech", "auto", 32_769)))
                .hasMessageContaining("32768");
    }
}
