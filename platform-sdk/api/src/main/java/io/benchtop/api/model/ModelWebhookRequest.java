package io.benchtop.api.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that wants to be told what happens to a model.
 *
 * @param url where it is told, such as {@code https://hooks.example.org/models}
 * @param events some of {@code version.ready}, {@code version.refused}, {@code alias.changed}, {@code approval.wanted},
 *     {@code approval.approved} and {@code approval.rejected}; all of them if missing
 */
public record ModelWebhookRequest(
        @Nullable String url, @Nullable List<String> events) {}
