package dev.snug.cli.deploy;

/** A deployment as a blueprint of Render, to lie in the repository's root. */
final class RenderBlueprint {
    /**
     * An instance type with its memory.
     *
     * @param name as a blueprint writes it
     */
    private record Plan(String name, long mebibytes) {}

    /** As Render publishes them; starter has as much memory as free, and does not sleep. */
    private static final Plan[] PLANS = {
        new Plan("free", 512),
        new Plan("standard", 2048),
        new Plan("pro", 4096),
        new Plan("pro plus", 8192),
        new Plan("pro max", 16_384),
        new Plan("pro ultra", 32_768)
    };

    private RenderBlueprint() {}

    static String text(Deployment deployment) {
        StringBuilder variables = new StringBuilder();
        deployment.variables().forEach((name, value) -> add(variables, name, value));
        // Render's own proxy stands before every web service and says who asks.
        add(variables, "SNUG_TRUST_PROXY", "on");
        add(variables, "MODEL", deployment.model());
        return deployment.heading(
                        "To render.yaml in the repository's root; Render asks for the secret once.")
                + """
                services:
                  - type: web
                    name: snug
                    runtime: docker
                    plan: %s
                    dockerfilePath: ./deploy/Dockerfile
                    dockerContext: .
                    # Not /readyz: a service that is busy must not be started anew.
                    healthCheckPath: /livez
                    maxShutdownDelaySeconds: %d
                    envVars:
                %s      - key: %s
                        sync: false
                """
                        .formatted(
                                plan(deployment.limitMebibytes()),
                                Deployment.STOP_SECONDS,
                                variables,
                                Deployment.SECRET);
    }

    private static void add(StringBuilder variables, String name, String value) {
        variables.append("      - key: ").append(name).append('\n');
        variables.append("        value: ").append(Quoting.yaml(value)).append('\n');
    }

    private static String plan(long mebibytes) {
        for (Plan plan : PLANS) {
            if (mebibytes <= plan.mebibytes()) {
                return plan.name();
            }
        }
        throw new IllegalArgumentException(
                "Render has no instance of " + mebibytes + " MiB; its largest has 32768");
    }
}
