package io.benchtop.service.model.jdbc;

import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.model.ModelRepository;
import io.benchtop.service.model.WebhookRepository;
import io.benchtop.service.model.WebhookRepositoryContract;
import org.jdbi.v3.core.Jdbi;

class H2WebhookRepositoryTest extends WebhookRepositoryContract {

    private final Jdbi jdbi = TestingDatabases.h2();
    private final ModelRepository models = new JdbiModelRepository(jdbi);
    private final WebhookRepository webhooks = new JdbiWebhookRepository(jdbi);

    @Override
    protected WebhookRepository webhooks() {
        return webhooks;
    }

    @Override
    protected ModelRepository models() {
        return models;
    }

    @Override
    protected void user(UserName name) {
        TestingUsers.insert(jdbi, name);
    }
}
