package io.benchtop.service.audit.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.Transactions;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Relies on Jdbi's handle per thread: a repository called inside {@code work} uses this transaction's connection. */
public final class JdbiTransactions implements Transactions {

    private final Jdbi jdbi;

    public JdbiTransactions(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public <T> T call(Supplier<T> work) {
        return jdbi.inTransaction(handle -> work.get());
    }
}
