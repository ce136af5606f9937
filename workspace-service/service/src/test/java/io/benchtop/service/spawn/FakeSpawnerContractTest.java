package io.benchtop.service.spawn;

import io.benchtop.service.MutableClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class FakeSpawnerContractTest extends SpawnerContract {

    private final FakeSpawner spawner = new FakeSpawner(new MutableClock(Instant.parse("2026-01-01T00:00:00Z")));

    @AfterEach
    void release() {
        spawner.hang(false);
    }

    @Override
    protected Spawner spawner() {
        return spawner;
    }

    @Override
    protected Spawner restarted() {
        return spawner;
    }

    @Override
    protected void makeStartsFail() {
        spawner.failStarts(
                id,
                new ServerEnding(
                        EndingCode.EXITED, "JupyterLab exited with code 3.", List.of("about to exit as told")));
    }

    @Override
    protected void makeStartsHang() {
        spawner.hang(true);
    }

    @Override
    protected void endServer() {
        spawner.exit(id, new ServerEnding(EndingCode.EXITED, "JupyterLab ended by itself.", List.of()));
    }
}
