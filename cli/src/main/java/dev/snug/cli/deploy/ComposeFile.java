package dev.snug.cli.deploy;

/** A deployment as a compose file of one container, to lie in {@code deploy/}. */
final class ComposeFile {
    private ComposeFile() {}

    static String text(Deployment deployment) {
        StringBuilder variables = new StringBuilder();
        deployment
                .variables()
                .forEach(
                        (name, value) ->
                                variables
                                        .append("      ")
                                        .append(name)
                                        .append(": ")
                                        .append(Quoting.compose(value))
                                        .append('\n'));
        return deployment.heading(
                        "SNUG_ADMIN_PASSWORD_HASH='…' docker compose -f deploy/compose.yaml up -d")
                + """
                services:
                  snug:
                    build:
                      context: ..
                      dockerfile: deploy/Dockerfile
                      args:
                        MODEL: %s
                    image: snug
                    # For a proxy with TLS on this machine; write 8080:8080 to be reached from others.
                    ports:
                      - "127.0.0.1:%d:%d"
                    environment:
                %s      %s: ${%s:?a bcrypt hash of the password}
                """
                        .formatted(
                                Quoting.compose(deployment.model()),
                                Deployment.PORT,
                                Deployment.PORT,
                                variables,
                                Deployment.SECRET,
                                Deployment.SECRET)
                + bounds(deployment);
    }

    private static String bounds(Deployment deployment) {
        return """
            mem_limit: %dm
            memswap_limit: %dm
            pids_limit: 256
            user: "%d:%d"
            read_only: true
            # exec: the library of SQLite is loaded from here.
            tmpfs:
              - /tmp:size=%dm,mode=1777,exec
            volumes:
              - data:%s
            cap_drop:
              - ALL
            security_opt:
              - no-new-privileges:true
            init: true
            restart: unless-stopped
            stop_grace_period: %ds
            # /livez says that the process lives, /readyz that it takes requests.
            healthcheck:
              test: ["CMD", "%s", "/readyz"]
              interval: 30s
              timeout: 5s
              start_period: 30s
              retries: 3
        volumes:
          data: {}
        """
                .formatted(
                        deployment.limitMebibytes(),
                        deployment.limitMebibytes(),
                        Deployment.USER,
                        Deployment.USER,
                        Deployment.SCRATCH_MEBIBYTES,
                        Deployment.DATA,
                        Deployment.STOP_SECONDS,
                        Deployment.HEALTHY);
    }
}
