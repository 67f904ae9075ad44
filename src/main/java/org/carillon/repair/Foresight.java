package org.carillon.repair;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a transaction of many changes asks once and knows until it ends. Where none {@link #begin began}, everything is asked anew. */
@ApplicationScoped
public class Foresight {

    private static final Object KEY = new Object();

    private record Known(Map<List<Object>, Object> answers, Map<String, Optional<WorkOrder>> orders) { }

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    void begin() {
        if (known() == null) {
            transaction.putResource(KEY, new Known(new HashMap<>(), new HashMap<>()));
        }
    }

    <T> T once(List<Object> question, Supplier<T> ask) {
        Known known = known();
        if (known == null) {
            return ask.get();
        }
        @SuppressWarnings("unchecked")
        T answer = (T) known.answers().computeIfAbsent(question, asked -> ask.get());
        return answer;
    }

    /** That nobody else can change or make the order of this reference until the transaction ends; {@code order} is null where there is none. */
    void holds(String source, String ref, WorkOrder order) {
        Known known = known();
        if (known != null) {
            known.orders().put(source + "/" + ref, Optional.ofNullable(order));
        }
    }

    boolean isHeld(String source, String ref) {
        Known known = known();
        return known != null && known.orders().containsKey(source + "/" + ref);
    }

    Optional<WorkOrder> held(String source, String ref) { return known().orders().get(source + "/" + ref); }

    private Known known() {
        return transaction.getTransactionStatus() == Status.STATUS_NO_TRANSACTION ? null : (Known) transaction.getResource(KEY);
    }
}
