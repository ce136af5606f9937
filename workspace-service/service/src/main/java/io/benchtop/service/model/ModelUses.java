package io.benchtop.service.model;

import java.util.List;

/** Port: who relies on a version, such as an endpoint that serves it. Such a version cannot be deleted. */
@FunctionalInterface
public interface ModelUses {

    /** Where nothing serves models. */
    ModelUses NONE = (_, _) -> List.of();

    /** In words, such as {@code endpoint "orders"}. */
    List<String> of(ModelId model, long number);
}
