package dev.snug.runtime.device;

import java.util.Optional;

/**
 * With what a process computes, decided before any session is opened.
 *
 * @param provider that is used
 * @param reason why it is not what was hoped for, as a phrase; empty where it is
 */
public record ProviderChoice(Provider provider, Optional<String> reason) {
    /**
     * Decides. Pure.
     *
     * @throws ProviderException when a provider was asked for by name and is not offered
     */
    public static ProviderChoice of(ProviderWish wish, Offered offered) {
        return wish.provider()
                .map(asked -> named(asked, wish, offered))
                .orElseGet(() -> whatever(offered));
    }

    private static ProviderChoice named(Provider asked, ProviderWish wish, Offered offered) {
        if (asked == Provider.CPU || offered.all().contains(asked)) {
            return new ProviderChoice(asked, Optional.empty());
        }
        if (offered.plugInFailure().isPresent()) {
            throw new ProviderException(
                    "%s %s: %s"
                            .formatted(
                                    ProviderWish.OPTION,
                                    asked.word(),
                                    offered.plugInFailure().get()));
        }
        String where =
                wish.providerLibrary().isPresent()
                        ? "the plug-in brings %s instead; "
                                .formatted(String.join(", ", offered.plugInNames()))
                        : "";
        throw new ProviderException(
                "%s %s: this ONNX Runtime does not have it; %s%s. Or let Snug choose: %s auto"
                        .formatted(
                                ProviderWish.OPTION,
                                asked.word(),
                                where,
                                asked.step(),
                                ProviderWish.OPTION));
    }

    /** What a plug-in brings comes first: it was named. */
    private static ProviderChoice whatever(Offered offered) {
        for (Provider candidate : Provider.AUTO_ORDER) {
            if (offered.plugIn().contains(candidate)) {
                return new ProviderChoice(candidate, Optional.empty());
            }
        }
        if (offered.plugInFailure().isPresent()) {
            return new ProviderChoice(Provider.CPU, offered.plugInFailure());
        }
        for (Provider candidate : Provider.AUTO_ORDER) {
            if (offered.builtIn().contains(candidate)) {
                return new ProviderChoice(candidate, Optional.empty());
            }
        }
        return new ProviderChoice(
                Provider.CPU, Optional.of("this ONNX Runtime has no provider for an accelerator"));
    }
}
