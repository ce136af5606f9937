package io.benchtop.api.identity;

import java.util.List;

/** Everybody, {@code GET /api/v1/users}, for administrators. */
public record AccountList(List<Account> users) {

    public AccountList {
        users = users == null ? List.of() : List.copyOf(users);
    }
}
