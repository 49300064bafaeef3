package dev.snug.cli.deploy;

/** A deployment as a Deployment and a Service of Kubernetes, one pod. */
final class KubernetesManifest {
    private KubernetesManifest() {}

    static String text(Deployment deployment) {
        return deployment.heading(
                        "kubectl create secret generic snug --from-literal=admin-password-hash='…'")
                + pod()
                + container(deployment)
                + PROBES
                + volumes()
                + SERVICE;
    }

    /** Without enableServiceLinks: false Kubernetes itself sets SNUG_PORT, to tcp://…. */
    private static String pod() {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: snug
          labels:
            app: snug
        spec:
          replicas: 1
          # Accounts lie in one file: never two pods at once.
          strategy:
            type: Recreate
          selector:
            matchLabels:
              app: snug
          template:
            metadata:
              labels:
                app: snug
            spec:
              enableServiceLinks: false
              automountServiceAccountToken: false
              terminationGracePeriodSeconds: %d
              securityContext:
                runAsNonRoot: true
                runAsUser: %d
                runAsGroup: %d
                fsGroup: %d
                seccompProfile:
                  type: RuntimeDefault
        """
                .formatted(
                        Deployment.STOP_SECONDS, Deployment.USER, Deployment.USER, Deployment.USER);
    }

    private static String container(Deployment deployment) {
        StringBuilder variables = new StringBuilder();
        deployment
                .variables()
                .forEach(
                        (name, value) ->
                                variables
                                        .append("            - name: ")
                                        .append(name)
                                        .append("\n              value: ")
                                        .append(Quoting.yaml(value))
                                        .append('\n'));
        return """
              containers:
                - name: snug
                  image: snug
                  ports:
                    - name: http
                      containerPort: %d
                  env:
        %s            - name: %s
                      valueFrom:
                        secretKeyRef:
                          name: snug
                          key: admin-password-hash
                  resources:
                    requests:
                      cpu: 250m
                      memory: %dMi
                    limits:
                      memory: %dMi
        """
                .formatted(
                        Deployment.PORT,
                        variables,
                        Deployment.SECRET,
                        deployment.limitMebibytes(),
                        deployment.limitMebibytes());
    }

    private static String volumes() {
        return """
                  volumeMounts:
                    - name: data
                      mountPath: %s
                    - name: scratch
                      mountPath: /tmp
              volumes:
                # Lost with the pod; a persistentVolumeClaim here keeps accounts.
                - name: data
                  emptyDir: {}
                - name: scratch
                  emptyDir:
                    sizeLimit: %dMi
        """
                .formatted(Deployment.DATA, Deployment.SCRATCH_MEBIBYTES);
    }

    private static final String PROBES =
            """
                      startupProbe:
                        httpGet:
                          path: /livez
                          port: http
                        periodSeconds: 1
                        failureThreshold: 60
                      livenessProbe:
                        httpGet:
                          path: /livez
                          port: http
                        periodSeconds: 10
                        timeoutSeconds: 5
                      readinessProbe:
                        httpGet:
                          path: /readyz
                          port: http
                        periodSeconds: 5
                        timeoutSeconds: 5
                      securityContext:
                        allowPrivilegeEscalation: false
                        readOnlyRootFilesystem: true
                        capabilities:
                          drop:
                            - ALL
            """;

    private static final String SERVICE =
            """
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: snug
            spec:
              selector:
                app: snug
              ports:
                - name: http
                  port: 80
                  targetPort: http
            """;
}
