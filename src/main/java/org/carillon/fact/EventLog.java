package org.carillon.fact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Stores what happened (history, feed) and announces it inside the caller's transaction. */
@ApplicationScoped
public class EventLog {

    /** Kept: looking for the provider of JSON costs more than writing a line of it. */
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private final Jdbi jdbi;
    private final Consumer<EventsRecorded> announce;

    protected EventLog() { this(null, (Consumer<EventsRecorded>) null); }

    @Inject
    public EventLog(Jdbi jdbi, Event<EventsRecorded> announcement) { this(jdbi, announcement::fire); }

    public EventLog(Jdbi jdbi, Consumer<EventsRecorded> announce) {
        this.jdbi = jdbi;
        this.announce = announce;
    }

    /** Call with the changed rows already flushed: whoever observes reads them by SQL in this transaction. */
    public List<RecordedEvent> record(List<BusinessEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        List<Long> ids = jdbi.withHandle(h -> {
            PreparedBatch batch = h.prepareBatch("insert into business_event (type, subject_type, subject_id, location_id, customer_id, at, actor, silent, data) "
                + "values (:type, :subjectType, :subjectId, :location, :customer, :at, :actor, :silent, :data::jsonb)");
            events.forEach(e -> batch.bind("type", e.type()).bind("subjectType", e.subject().type()).bind("subjectId", e.subject().id())
                .bind("location", e.locationId()).bind("customer", e.customerId()).bind("at", e.at()).bind("actor", e.actor())
                .bind("silent", e.silent()).bind("data", json(e.data())).add());
            return batch.executePreparedBatch("id").mapTo(Long.class).list();
        });
        List<RecordedEvent> recorded = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            recorded.add(new RecordedEvent(ids.get(i), events.get(i)));
        }
        announce.accept(new EventsRecorded(List.copyOf(recorded)));
        return recorded;
    }

    private static String json(Map<String, String> data) {
        JsonObjectBuilder object = BUILDERS.createObjectBuilder();
        data.forEach((key, value) -> { if (value != null) { object.add(key, value); } });
        return object.build().toString();
    }
}
