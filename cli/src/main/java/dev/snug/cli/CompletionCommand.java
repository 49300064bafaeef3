package dev.snug.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints a completion script for bash and zsh. */
@Command(
        name = "completion",
        description = "Print a completion script for bash or zsh.",
        footer = {
            "",
            "Examples:",
            "  source <(snug completion)                        this shell",
            "  snug completion > ~/.local/share/bash-completion/completions/snug"
        })
final class CompletionCommand implements Runnable {
    @ParentCommand private Main main;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        main.surroundings().out().print(AutoComplete.bash("snug", spec.root().commandLine()));
    }
}
