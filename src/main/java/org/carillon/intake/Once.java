package org.carillon.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.carillon.fact.Invalid;
import org.carillon.shop.IdempotencyKeys;

/**
 * A write that is done once however often it is sent, where the caller names it by an {@code Idempotency-Key} (REL-03). Every write takes the header. What
 * a PUT states under its own reference it can state again anyway (REL-04); with a key the second answer is the first one's.
 */
@RequestScoped
public class Once {

    /** The first call under this key has not come to its end. */
    static final class Running extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static final String KEY = "Idempotency-Key", REPLAYED = "Idempotent-Replayed";
    private static final int LONGEST = 255;
    private static final Logger LOG = System.getLogger(Once.class.getName());

    @Inject
    private HttpServletRequest request;
    @Inject
    private Caller caller;
    @Inject
    private IdempotencyKeys keys;
    @Inject
    private Answers answers;
    @Inject
    private Together together;

    /** What belongs to one transaction with its answer. */
    Response only(String body, Supplier<Response> work) {
        return named(body, (key, claim) -> together.run(() -> {
            Response answer = work.get();
            if (!keys.answer(source(), key, claim, answer.getStatus(), (String) answer.getEntity())) {
                throw new Running();
            }
            return answer;
        }), work);
    }

    /**
     * Many pieces of work with a transaction each, which can be done again: the answer is kept when the last is done.
     *
     * @param settled false where sending it again may mend something, so that nothing is kept
     */
    Response each(String body, Supplier<Response> work, Predicate<Response> settled) {
        return named(body, (key, claim) -> {
            Response answer = work.get();
            if (settled.test(answer)) {
                keys.answer(source(), key, claim, answer.getStatus(), (String) answer.getEntity());
            } else {
                keys.drop(source(), key, claim);
            }
            return answer;
        }, work);
    }

    @FunctionalInterface
    private interface Work {
        Response under(String key, UUID claim);
    }

    private Response named(String body, Work work, Supplier<Response> plain) {
        String key = request.getHeader(KEY);
        if (key == null) {
            return plain.get();
        }
        key = key.strip();
        if (key.isEmpty() || key.length() > LONGEST) {
            throw key.isEmpty() ? new Invalid(KEY, "required") : new Invalid(KEY, "text.long", LONGEST);
        }
        IdempotencyKeys.Known known = keys.claim(source(), key, hash(body));
        if (!known.same()) {
            throw new Invalid(KEY, "idempotency.other");
        }
        if (known.fresh()) {
            return first(key, known.claim(), work);
        }
        if (known.status() == null) {
            throw new Running();
        }
        return answers.again(known.status(), known.body());
    }

    private Response first(String key, UUID claim, Work work) {
        try {
            return work.under(key, claim);
        } catch (RuntimeException e) {
            try {
                keys.drop(source(), key, claim);
            } catch (RuntimeException away) {
                LOG.log(Level.WARNING, "a key stays claimed until its time is over: the database does not answer");
            }
            throw e;
        }
    }

    private String source() { return "token:" + caller.identity().tokenId(); }

    private byte[] hash(String body) {
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        try {
            return MessageDigest.getInstance("SHA-256").digest(String.join("\n", request.getMethod(), request.getRequestURI(), query, body == null ? "" : body).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One transaction around all of it. */
    @jakarta.enterprise.context.ApplicationScoped
    public static class Together {

        @Transactional
        public Response run(Supplier<Response> work) { return work.get(); }
    }
}
