package dev.snug.server.answer;

import org.jspecify.annotations.Nullable;

/**
 * What computes a server's answers.
 *
 * @param asked the provider that was asked for, or {@code auto}
 * @param provider that is used; null where the one that was asked for cannot be
 * @param reason why it is not what was hoped for; null where it is
 */
public record ProviderCard(String asked, @Nullable String provider, @Nullable String reason) {}
