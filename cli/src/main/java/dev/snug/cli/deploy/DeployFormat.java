package dev.snug.cli.deploy;

/** Files that a deployment can be printed as. */
public enum DeployFormat {
    /** A compose file, compose-spec. */
    COMPOSE,
    /** A unit, systemd.service(5). */
    SYSTEMD,
    /** A blueprint of Render. */
    RENDER,
    /** A Deployment and a Service of Kubernetes. */
    K8S;

    /** The whole file. */
    public String text(Deployment deployment) {
        return switch (this) {
            case COMPOSE -> ComposeFile.text(deployment);
            case SYSTEMD -> SystemdUnit.text(deployment);
            case RENDER -> RenderBlueprint.text(deployment);
            case K8S -> KubernetesManifest.text(deployment);
        };
    }
}
