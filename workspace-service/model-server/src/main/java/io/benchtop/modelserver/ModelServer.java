package io.benchtop.modelserver;

import io.benchtop.modelserver.admin.AdminPort;
import io.benchtop.modelserver.codec.JsonWriter;
import io.benchtop.modelserver.engine.InferenceEngine;
import io.benchtop.modelserver.engine.Repository;
import io.benchtop.modelserver.engine.ServedModels;
import io.benchtop.modelserver.engine.ServerState;
import io.benchtop.modelserver.engine.Serving;
import io.benchtop.modelserver.engine.VersionLoader;
import io.benchtop.modelserver.engine.Workers;
import io.benchtop.modelserver.grpc.GrpcServer;
import io.benchtop.modelserver.payload.PayloadLog;
import io.benchtop.modelserver.rest.RestServer;
import io.benchtop.modelserver.store.ModelException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wired process of {@code serve}: everything that is made once, and the order in which it starts and ends. */
final class ModelServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelServer.class);
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final long PAYLOAD_BYTES = 64L << 20;
    private static final int MOST_LOOPS = 8;

    private final ServeOptions options;
    private final ServerState state = new ServerState();
    private final ServedModels models = new ServedModels();
    private final Workers workers;
    private final Repository repository;
    private final Optional<PayloadLog> payloadLog;
    private final RestServer rest;
    private final GrpcServer grpc;
    private final AdminPort admin;

    /** The admin port listens at once. */
    ModelServer(ServeOptions options, InstantSource clock) throws IOException {
        this.options = options;
        this.workers = new Workers(options.engine().threads());
        VersionLoader loader =
                new VersionLoader(new AnyLoader(options.intraOpThreads(), options.device()), options.engine(), workers);
        this.repository = new Repository(options.source(), loader, models);
        this.payloadLog =
                options.payloadLog().map(file -> new PayloadLog(file, options.payloadSample(), PAYLOAD_BYTES, clock));
        InferenceEngine engine = new InferenceEngine(
                models, payloadLog.<InferenceEngine.Observer>map(log -> log).orElse((_, _) -> {}));
        Serving serving = new Serving(engine, models, repository, state, options.key(), options.control());
        int loops = Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
        this.rest = new RestServer(serving, options.limits(), loops);
        this.grpc = new GrpcServer(serving, options.limits().maxBody());
        this.admin = new AdminPort(address(options.adminPort()), models, state);
    }

    private InetSocketAddress address(int port) {
        return new InetSocketAddress(options.bind(), port);
    }

    /** Listens, loads, and says that it is ready. Until all is loaded clients hear that it is not. */
    void start() throws IOException, InterruptedException, ModelException {
        InetSocketAddress http = rest.listen(address(options.httpPort()));
        InetSocketAddress rpc = grpc.listen(address(options.grpcPort()));
        repository.loadAll();
        state.loaded();
        LOG.info(
                "ready http={} grpc={} admin={}",
                http.getPort(),
                rpc.getPort(),
                admin.address().getPort());
        if (options.readyFile().isPresent()) {
            tell(options.readyFile().get(), http.getPort(), rpc.getPort());
        }
    }

    private void tell(Path file, int http, int rpc) throws IOException {
        ByteBuf text = Unpooled.buffer();
        JsonWriter json = new JsonWriter(text).beginObject();
        json.name("http").number((long) http).name("grpc").number((long) rpc);
        json.name("admin").number((long) admin.address().getPort());
        json.name("pid").number(ProcessHandle.current().pid()).endObject();
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, ByteBufUtil.getBytes(text));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Says that it is not ready, finishes what is in progress, then ends. */
    void shutDown() throws InterruptedException {
        state.end();
        LOG.info("ending limit={}", DRAIN);
        long end = System.nanoTime() + DRAIN.toNanos();
        grpc.refuseNew();
        rest.drain(DRAIN);
        grpc.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        close();
        LOG.info("ended");
    }

    @Override
    public void close() {
        rest.close();
        grpc.close();
        repository.close();
        workers.close();
        payloadLog.ifPresent(PayloadLog::close);
        admin.close();
    }
}
