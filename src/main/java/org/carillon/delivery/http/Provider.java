package org.carillon.delivery.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.carillon.delivery.Phase;
import org.carillon.delivery.Verdicts;

/**
 * Calls to one provider, over few connections and without a thread for each. Knows whether a call had begun to be written when it failed: only
 * that tells what was certainly not taken. Nothing is tried twice, no redirect is followed, an answer has at most 64 KiB and comes in time.
 */
final class Provider implements Closeable {

    static final int LARGEST_ANSWER = 65_536;

    /** @param retryAfter the header, null where there is none */
    record Answer(int status, String body, String retryAfter) { }

    /** No answer, or none that can be used: how far it had come, and the code of {@link Verdicts}. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        final Phase phase;
        final String code;

        Failed(Phase phase, String code) {
            super(code + " at " + phase);
            this.phase = phase;
            this.code = code;
        }
    }

    /** No code of a table: nothing was written and nobody is to blame. */
    static final String TOO_LATE = "TOO_LATE";

    private static final String EXCHANGE = "carillon.exchange";
    private static final int IO_THREADS = 2;
    /** After it nothing may be written any more (T6). */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
    private static final TimeValue UNUSED = TimeValue.ofSeconds(20), LONGEST_LIFE = TimeValue.ofMinutes(5);

    private final CloseableHttpAsyncClient client;
    private final HttpSettings settings;
    private final String authorization;

    Provider(HttpSettings settings, VettedNames.Lookup lookup, SSLContext tls, ThreadFactory threads) {
        this.settings = settings;
        authorization = "Basic " + Base64.getEncoder().encodeToString((settings.accountSid() + ":" + settings.authToken()).getBytes(StandardCharsets.UTF_8));
        Timeout wait = Timeout.of(settings.responseTimeout());
        Timeout connect = settings.responseTimeout().compareTo(LONGEST_CONNECT) < 0 ? wait : Timeout.of(LONGEST_CONNECT);
        client = HttpAsyncClients.custom().setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(new VettedNames(lookup, settings.localAllowed()))
                .setTlsStrategy(ClientTlsStrategyBuilder.create().setSslContext(tls).setTlsVersions(TLS.V_1_3, TLS.V_1_2)
                    .setHostVerificationPolicy(HostnameVerificationPolicy.BOTH).buildAsync())  // 5.5.1 asks the JDK too late, so BUILTIN alone checks no name
                .setDefaultTlsConfig(TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).setHandshakeTimeout(connect).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(connect).setSocketTimeout(wait).setTimeToLive(LONGEST_LIFE).build())
                .setMaxConnTotal(settings.window() + 2).setMaxConnPerRoute(settings.window() + 2).build())
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(IO_THREADS).setTcpNoDelay(true).setSoKeepAlive(true).build())
            .setHttp1Config(Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(16_384).build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(wait).setConnectionRequestTimeout(wait).setExpectContinueEnabled(false).build())
            .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "beginning", (request, body, scope, chain, callback) -> {
                ((Exchange) scope.clientContext.getAttribute(EXCHANGE)).begin();
                chain.proceed(request, body, scope, callback);
            })
            .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching()
            .evictIdleConnections(UNUSED).evictExpiredConnections().setUserAgent("Carillon").setThreadFactory(threads).build();
        client.start();
    }

    /** @param writeBefore {@link System#nanoTime()} from which on nothing is written */
    CompletableFuture<Answer> post(String path, String form, long writeBefore) {
        return call(request(Method.POST, URI.create(settings.base() + path)).setEntity(form, ContentType.APPLICATION_FORM_URLENCODED).build(), writeBefore);
    }

    CompletableFuture<Answer> get(String pathAndQuery) {
        return call(request(Method.GET, URI.create(settings.base() + pathAndQuery)).build(), System.nanoTime() + settings.responseTimeout().toNanos());
    }

    private AsyncRequestBuilder request(Method method, URI uri) {
        return AsyncRequestBuilder.create(method.name()).setUri(uri).addHeader(HttpHeaders.AUTHORIZATION, authorization).addHeader(HttpHeaders.ACCEPT, "application/json");
    }

    private CompletableFuture<Answer> call(AsyncRequestProducer request, long writeBefore) {
        Exchange exchange = new Exchange(writeBefore);
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(EXCHANGE, exchange);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Future<Answer> running = client.execute(request, exchange, null, context, new FutureCallback<>() {
            @Override public void completed(Answer whole) { answer.complete(whole); }

            @Override public void failed(Exception cause) { answer.completeExceptionally(cause); }

            @Override public void cancelled() { answer.completeExceptionally(new IOException("cancelled")); }
        });
        return answer.orTimeout(settings.responseTimeout().toNanos(), TimeUnit.NANOSECONDS).exceptionallyCompose(cause -> {
            CompletableFuture<Answer> judged = exchange.failure(cause instanceof CompletionException ? cause.getCause() : cause);
            running.cancel(true);
            return judged;
        });
    }

    @Override
    public void close() { client.close(CloseMode.IMMEDIATE); }

    /** One call: collects the answer, and remembers whether a byte may have left. */
    private static final class Exchange extends AbstractBinResponseConsumer<Answer> {

        private enum State { WAITING, BEGUN, GIVEN_UP }

        private final long writeBefore;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private volatile int status;
        /** Connected, but not in time; that is nobody's fault. */
        private volatile boolean late;
        private volatile String retryAfter;

        Exchange(long writeBefore) { this.writeBefore = writeBefore; }

        /** Connected, and about to write. Whoever gave up before has the last word. */
        void begin() throws IOException {
            late = System.nanoTime() - writeBefore >= 0;
            if (late || !state.compareAndSet(State.WAITING, State.BEGUN)) throw new IOException("too late to write");
        }

        /** Settles what became of it: from here on nothing is begun any more. */
        CompletableFuture<Answer> failure(Throwable cause) {
            boolean written = !state.compareAndSet(State.WAITING, State.GIVEN_UP) && state.get() == State.BEGUN;
            boolean timeout = cause instanceof TimeoutException || cause instanceof SocketTimeoutException || cause instanceof ConnectTimeoutException;
            if (written && status >= 300) return CompletableFuture.completedFuture(new Answer(status, "", retryAfter));  // the rest would only have said why
            if (written) return CompletableFuture.failedFuture(new Failed(Phase.REQUEST, status > 0 ? Verdicts.NONSENSE : timeout ? Verdicts.TIMEOUT : Verdicts.CUT));
            return CompletableFuture.failedFuture(new Failed(Phase.CONNECT, cause instanceof VettedNames.Forbidden ? Verdicts.ADDRESS
                : late ? TOO_LATE : cause instanceof SSLException ? Verdicts.TLS : timeout ? Verdicts.TIMEOUT : Verdicts.CUT));
        }

        @Override
        protected void start(HttpResponse response, ContentType type) {
            Header asked = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
            retryAfter = asked == null ? null : asked.getValue();
            status = response.getCode();
        }

        @Override protected int capacityIncrement() { return LARGEST_ANSWER; }

        @Override
        protected void data(ByteBuffer bytes, boolean end) throws IOException {
            if (body.size() + bytes.remaining() > LARGEST_ANSWER) throw new IOException("an answer without end");
            byte[] some = new byte[bytes.remaining()];
            bytes.get(some);
            body.writeBytes(some);
        }

        @Override protected Answer buildResult() { return new Answer(status, body.toString(StandardCharsets.UTF_8), retryAfter); }

        @Override public void releaseResources() { }
    }
}
