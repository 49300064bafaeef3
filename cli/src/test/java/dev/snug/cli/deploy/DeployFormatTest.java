package dev.snug.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import dev.snug.server.settings.Exposure;
import dev.snug.server.settings.ServerSettings;
import dev.snug.server.settings.SettingsReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Deployments as files. The oracles are each format's own: the Compose Specification's JSON schema,
 * kubectl's types and systemd-analyze; and the server's settings, that must read them.
 */
final class DeployFormatTest {
    static final Deployment SKLESION =
            new Deployment("sklesion", false, "a photo of 12.2 megapixels", "on", 512);

    private static final Deployment VOICE = new Deployment("snug-vi", true, "speech", "auto", 192);

    /** Nothing that {@code snug import} allows as a name; and nothing that may break a file. */
    private static final Deployment HOSTILE =
            new Deployment("a\"b: '${c} %d \\ #\nx\u2028", false, "one\n- two", "auto", 100);

    private static final Pattern VARIABLE = Pattern.compile("SNUG_[A-Z_]+");

    @TempDir private Path folder;

    static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    /** What lies at {@code path}: keys of maps and indexes of lists. */
    static Object at(Object tree, Object... path) {
        Object found = tree;
        for (Object step : path) {
            found =
                    found instanceof Map<?, ?> map
                            ? map.get(step)
                            : ((List<?>) found).get((Integer) step);
            Objects.requireNonNull(found, step::toString);
        }
        return found;
    }

    private static JsonSchema composeSchema() throws IOException {
        try (InputStream schema =
                DeployFormatTest.class.getResourceAsStream("/deploy/compose_spec.json")) {
            String text =
                    new String(
                            Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
            // A keyword of draft 4, which says nothing here and which the library refuses.
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909)
                    .getSchema(text.replaceAll("\"id\": \"[^\"]*\",", ""));
        }
    }

    @Test
    void aComposeFileIsValidByTheSpecificationsSchema() throws IOException {
        JsonSchema schema = composeSchema();

        for (Deployment deployment : List.of(SKLESION, VOICE, HOSTILE)) {
            String text = DeployFormat.COMPOSE.text(deployment);
            assertThat(schema.validate(text, InputFormat.YAML)).isEmpty();
        }
        String wrong = DeployFormat.COMPOSE.text(SKLESION).replace("mem_limit", "memory_limit");
        assertThat(schema.validate(wrong, InputFormat.YAML)).isNotEmpty();
    }

    @Test
    void aComposeFileBoundsMemoryAndRights() {
        Object service = at(yaml(DeployFormat.COMPOSE.text(SKLESION)), "services", "snug");

        assertThat(at(service, "mem_limit")).isEqualTo("512m");
        assertThat(at(service, "memswap_limit")).isEqualTo("512m");
        assertThat(at(service, "read_only")).isEqualTo(true);
        assertThat(at(service, "user")).isEqualTo("10001:10001");
        assertThat(at(service, "cap_drop")).isEqualTo(List.of("ALL"));
        assertThat(at(service, "environment", "SNUG_CLASSIFIER")).isEqualTo("sklesion");
        assertThat(at(service, "environment", "SNUG_HEATMAP")).isEqualTo("on");
    }

    @Test
    void namesComeBackFromEveryYamlAsTheyWere() {
        Object compose = yaml(DeployFormat.COMPOSE.text(HOSTILE));
        Object render = yaml(DeployFormat.RENDER.text(HOSTILE));
        Object pod = documents(DeployFormat.K8S.text(HOSTILE)).getFirst();
        Object container = at(pod, "spec", "template", "spec", "containers", 0);

        assertThat(at(compose, "services", "snug", "environment", "SNUG_CLASSIFIER"))
                .isEqualTo(HOSTILE.model().replace("$", "$$"));
        assertThat(at(render, "services", 0, "envVars", 1, "value")).isEqualTo(HOSTILE.model());
        assertThat(at(container, "env", 1, "value")).isEqualTo(HOSTILE.model());
    }

    private static List<Object> documents(String text) {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(text).forEach(documents::add);
        return documents;
    }

    @Test
    void kubectlKnowsEveryFieldOfTheManifest() throws Exception {
        HostTool.require("kubectl", "install kubectl, of any version");
        String[] written = DeployFormat.K8S.text(SKLESION).split("---\n", -1);

        assertThat(leaves(known(written[0], "image", "snug=other")))
                .containsAll(leaves(yaml(written[0])));
        assertThat(leaves(known(written[1], "selector", "app=snug")))
                .containsAll(leaves(yaml(written[1])));
        assertThat(leaves(yaml(written[0]))).hasSizeGreaterThan(40);
        String wrong = written[0].replace("terminationGrace", "gracefulTermination");
        assertThat(leaves(known(wrong, "image", "snug=other")))
                .doesNotContain("/spec/template/spec/gracefulTerminationPeriodSeconds")
                .contains("/spec/template/spec/enableServiceLinks");
    }

    /**
     * {@code text} as kubectl writes it after a change without a server: decoded into its own
     * types, so that what it does not know is gone and what has another type is an error.
     */
    private Object known(String text, String changed, String change) throws Exception {
        Path file = folder.resolve("k8s.yaml");
        Files.writeString(file, text);
        HostTool.Said said =
                HostTool.run(
                        folder,
                        Map.of("KUBECONFIG", "/dev/null"),
                        "kubectl",
                        "set",
                        changed,
                        "--local",
                        "-o=yaml",
                        "-f",
                        file.toString(),
                        change);
        assertThat(said.exitCode()).as(said.err()).isZero();
        return yaml(said.out());
    }

    /** The path of every value, without those of images, which the command changes. */
    private static Set<String> leaves(Object tree) {
        TreeMap<String, Object> leaves = new TreeMap<>();
        collect("", tree, leaves);
        leaves.keySet().removeIf(path -> path.endsWith("/image"));
        return leaves.keySet();
    }

    private static void collect(String path, Object tree, Map<String, Object> leaves) {
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, value) -> collect(path + "/" + key, nonNull(value), leaves));
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(path + "/" + i, nonNull(list.get(i)), leaves);
            }
        } else {
            leaves.put(path, tree);
        }
    }

    private static Object nonNull(Object value) {
        return value == null ? "null" : value;
    }

    @Test
    void aPodIsBoundedProbedAndHasNoVariablesOfItsService() {
        List<Object> documents = documents(DeployFormat.K8S.text(VOICE));
        Object pod = at(documents.getFirst(), "spec", "template", "spec");
        Object container = at(pod, "containers", 0);

        assertThat(at(pod, "enableServiceLinks")).isEqualTo(false);
        assertThat(at(pod, "securityContext", "runAsNonRoot")).isEqualTo(true);
        assertThat(at(container, "resources", "limits", "memory")).isEqualTo("192Mi");
        assertThat(at(container, "livenessProbe", "httpGet", "path")).isEqualTo("/livez");
        assertThat(at(container, "readinessProbe", "httpGet", "path")).isEqualTo("/readyz");
        assertThat(at(documents.getLast(), "kind")).isEqualTo("Service");
        assertThat(at(documents.getLast(), "spec", "selector"))
                .isEqualTo(at(documents.getFirst(), "spec", "selector", "matchLabels"));
    }

    @Test
    void systemdVerifiesTheUnitAndFindsLittleExposed() throws Exception {
        HostTool.require("systemd-analyze", "it is a part of systemd");
        for (String program : List.of("snug", "deploy/healthy")) {
            Path file = folder.resolve("opt").resolve(program);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, "#!/bin/sh\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Path unit = folder.resolve("snug.service");
        String text = DeployFormat.SYSTEMD.text(HOSTILE);
        Files.writeString(unit, text.replace("/opt/snug", folder.resolve("opt").toString()));

        HostTool.Said verified =
                HostTool.run(
                        folder, Map.of(), "systemd-analyze", "verify", "--man=no", unit.toString());
        assertThat(verified.err()).isEmpty();
        assertThat(verified.exitCode()).isZero();
        HostTool.Said security =
                HostTool.run(
                        folder,
                        Map.of(),
                        "systemd-analyze",
                        "security",
                        "--offline=true",
                        "--threshold=20",
                        "--no-pager",
                        unit.toString());
        assertThat(security.exitCode()).as(security.out() + security.err()).isZero();
        assertThat(text).contains("MemoryMax=100M\n", "MemoryHigh=93M\n");
    }

    @ParameterizedTest
    @EnumSource(DeployFormat.class)
    void theServerReadsTheVariablesAndNeedsTheSecretThatNoFileHolds(DeployFormat format) {
        String text = format.text(SKLESION);
        ServerSettings settings =
                new SettingsReader(folder)
                        .read(Optional.empty(), SKLESION.variables(), Map.of())
                        .settings();

        assertThat(VARIABLE.matcher(text).results().map(match -> match.group()))
                .containsAll(SKLESION.variables().keySet())
                .contains(Deployment.SECRET);
        assertThat(text).doesNotContain("$2b$", "$2a$", "$2y$");
        assertThatThrownBy(() -> Exposure.check(settings, false))
                .hasMessageContaining(Deployment.SECRET);
    }

    @ParameterizedTest
    @CsvSource({"COMPOSE, compose.yaml", "SYSTEMD, snug.service", "RENDER, render.yaml"})
    void theFilesOfTheProjectAreWhatThePlanOfTheSkinModelPrints(DeployFormat format, String file)
            throws IOException {
        Path root = Path.of(System.getProperty("snug.root", ".."));

        assertThat(Files.readString(root.resolve("deploy").resolve(file)))
                .isEqualTo(format.text(SKLESION));
    }
}
