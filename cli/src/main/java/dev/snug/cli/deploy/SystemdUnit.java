package dev.snug.cli.deploy;

/** A deployment as a unit of systemd, with a user of its own and nothing that it does not need. */
final class SystemdUnit {
    /**
     * MemoryHigh as sixteenths of MemoryMax: what is mapped is dropped before anything is killed.
     */
    private static final int HIGH_SIXTEENTHS = 15;

    private SystemdUnit() {}

    static String text(Deployment deployment) {
        StringBuilder variables = new StringBuilder();
        deployment
                .variables()
                .forEach(
                        (name, value) ->
                                variables
                                        .append("Environment=")
                                        .append(Quoting.systemd(name, value))
                                        .append('\n'));
        long high = deployment.limitMebibytes() * HIGH_SIXTEENTHS / 16;
        return deployment.heading(
                        "To /etc/systemd/system/snug.service; "
                                + Deployment.SECRET
                                + "=… to /etc/snug/snug.env, mode 600.")
                + """
                [Unit]
                Description=Snug
                Wants=network-online.target
                After=network-online.target

                [Service]
                Type=exec
                ExecStart=%s/snug serve
                # /livez says that the process lives, /readyz that it takes requests.
                ExecStartPost=%s /readyz 30
                Restart=on-failure
                RestartSec=2
                TimeoutStopSec=%d
                KillMode=mixed

                Environment="SNUG_HOME=%s"
                Environment=SNUG_NO_BUILD=1
                %sEnvironmentFile=-/etc/snug/snug.env

                MemoryMax=%dM
                MemoryHigh=%dM
                MemorySwapMax=0
                TasksMax=256
                LimitCORE=0

                """
                        .formatted(
                                Deployment.FOLDER,
                                Deployment.HEALTHY,
                                Deployment.STOP_SECONDS,
                                Deployment.MODELS,
                                variables,
                                deployment.limitMebibytes(),
                                high)
                + HARDENING;
    }

    /**
     * As systemd.exec(5) has them. Left out: MemoryDenyWriteExecute, because Java compiles while it
     * runs; ProcSubset=pid, because the memory of machine and group is read below /proc.
     */
    private static final String HARDENING =
            """
            DynamicUser=yes
            StateDirectory=snug
            StateDirectoryMode=0700
            UMask=0077
            ProtectSystem=strict
            ProtectHome=yes
            ProtectProc=invisible
            ProtectClock=yes
            ProtectHostname=yes
            ProtectKernelLogs=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            ProtectControlGroups=yes
            PrivateTmp=yes
            PrivateDevices=yes
            PrivateUsers=yes
            NoNewPrivileges=yes
            CapabilityBoundingSet=
            AmbientCapabilities=
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            RemoveIPC=yes
            LockPersonality=yes
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged @resources
            SystemCallErrorNumber=EPERM

            [Install]
            WantedBy=multi-user.target
            """;
}
