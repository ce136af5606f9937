package io.benchtop.service.model.http;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.AddressRefused;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.model.WebhookSender;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to addresses that anybody may have written, so it trusts none: HTTPS only unless an administrator allows more, to the very
 * address that the policy was asked about, without redirects, proxies, cookies or kept connections. The status is read and nothing
 * after it, and all of it takes {@link #PATIENCE_SECONDS} seconds at most.
 */
public final class HttpWebhookSender implements WebhookSender, AutoCloseable {

    private static final int PATIENCE_SECONDS = 5;
    private static final Timeout PATIENCE = Timeout.ofSeconds(PATIENCE_SECONDS);
    private static final String TOO_LATE = "No answer within " + PATIENCE_SECONDS + " seconds.";
    private static final int AT_ONCE = 200;

    private final NetworkPolicy policy;
    private final boolean plain;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

    /** @param plain whether HTTP without TLS is let through */
    public HttpWebhookSender(NetworkPolicy policy, boolean plain) {
        this.policy = requireNonNull(policy, "policy is null");
        this.plain = plain;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedHosts(policy))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(PATIENCE)
                                .setSocketTimeout(PATIENCE)
                                .build())
                        .setMaxConnTotal(AT_ONCE)
                        .setMaxConnPerRoute(AT_ONCE)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(PATIENCE)
                        .setResponseTimeout(PATIENCE)
                        .build())
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setUserAgent("Benchtop-Webhooks/1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    @Override
    public Optional<String> refusal(URI url) {
        if (!isAllowedScheme(url)) {
            return Optional.of("Only https:// is allowed here.");
        }
        try {
            policy.resolve(url.getHost());
            return Optional.empty();
        } catch (AddressRefused e) {
            return Optional.ofNullable(e.getMessage());
        } catch (UnknownHostException _) {
            return Optional.of(unknown(url));
        }
    }

    private boolean isAllowedScheme(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) || (plain && "http".equalsIgnoreCase(url.getScheme()));
    }

    private static String unknown(URI url) {
        return "The host \"" + url.getHost() + "\" is not known.";
    }

    @Override
    public Outcome send(URI url, Map<String, String> headers, String body) {
        if (!isAllowedScheme(url)) {
            return new Outcome(false, "Only https:// is allowed here.");
        }
        HttpPost post = new HttpPost(url);
        headers.forEach(post::setHeader);
        post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        AtomicBoolean late = new AtomicBoolean();
        Future<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    post.cancel();
                },
                PATIENCE_SECONDS,
                TimeUnit.SECONDS);
        try {
            return outcome(HttpHost.create(url), post);
        } catch (IOException | RuntimeException e) {
            // Whatever an address does to the client, the try has an end that is written down.
            return new Outcome(false, late.get() ? TOO_LATE : told(url, e));
        } finally {
            deadline.cancel(false);
        }
    }

    private Outcome outcome(HttpHost host, HttpPost post) throws IOException {
        ClassicHttpResponse answer = client.executeOpen(host, post, null);
        int status = answer.getCode();
        // Cuts the connection: closing it in peace would read the rest of the answer.
        post.cancel();
        try {
            answer.close();
        } catch (IOException _) {
            // The rest is of no interest.
        }
        return new Outcome(status >= 200 && status < 300, "It answered " + status + ".");
    }

    private static String told(URI url, Exception e) {
        return switch (e) {
            case AddressRefused refused -> String.valueOf(refused.getMessage());
            case UnknownHostException _ -> unknown(url);
            case SocketTimeoutException _ -> TOO_LATE;
            case SSLException tls -> "TLS failed: " + tls.getMessage();
            case ConnectException _ -> "It cannot be connected to.";
            default -> "The connection broke: " + e.getMessage();
        };
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        client.close();
    }

    /** The client connects to the addresses that this gives and to none else. A name server that does not answer is not waited for. */
    private record CheckedHosts(NetworkPolicy policy) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            FutureTask<InetAddress[]> lookUp = new FutureTask<>(() -> policy.resolve(host));
            Thread.ofVirtual().name("look up " + host).start(lookUp);
            try {
                return lookUp.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException _) {
                throw new UnknownHostException(host);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownHostException unknown) {
                    throw unknown;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnknownHostException(host);
            }
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
