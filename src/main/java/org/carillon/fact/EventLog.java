package org.carillon.fact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** Stores what happened (history, feed) and announces it inside the caller's transaction. */
@ApplicationScoped
public class EventLog {

    /** Kept: looking for the provider of JSON costs more than writing a line of it. */
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private final Jdbi jdbi;
    private final Consumer<EventsRecorded> announce;
    private final ThreadLocal<List<BusinessEvent>> gathered = new ThreadLocal<>();

    protected EventLog() { this(null, (Consumer<EventsRecorded>) null); }

    @Inject
    public EventLog(Jdbi jdbi, Event<EventsRecorded> announcement) { this(jdbi, announcement::fire); }

    public EventLog(Jdbi jdbi, Consumer<EventsRecorded> announce) {
        this.jdbi = jdbi;
        this.announce = announce;
    }

    /**
     * Many changes of one transaction, made by this thread: what they record is stored and announced together, before the work ends. What happens to
     * one subject twice is told in turn.
     */
    public void gather(Runnable work) {
        gathered.set(new ArrayList<>());
        try {
            work.run();
            settle();
        } finally {
            gathered.remove();
        }
    }

    /** Stores and announces what was gathered so far, because what follows may depend on it. */
    public void settle() {
        List<BusinessEvent> waiting = gathered.get();
        if (waiting != null && !waiting.isEmpty()) {
            List<BusinessEvent> events = List.copyOf(waiting);
            waiting.clear();
            store(events);
        }
    }

    /** Call with the changed rows already flushed: whoever observes reads them by SQL in this transaction. Answers nothing where events are gathered. */
    public List<RecordedEvent> record(List<BusinessEvent> events) {
        List<BusinessEvent> waiting = gathered.get();
        if (waiting == null) {
            return events.isEmpty() ? List.of() : store(events);
        }
        if (events.stream().anyMatch(event -> waiting.stream().anyMatch(w -> w.subject().equals(event.subject())))) {
            settle();
        }
        waiting.addAll(events);
        return List.of();
    }

    private List<RecordedEvent> store(List<BusinessEvent> events) {
        List<Long> ids = jdbi.withHandle(h -> h.createQuery("insert into business_event (type, subject_type, subject_id, location_id, customer_id, at, actor, silent, hushed, data) "
                + "select type, subject_type, subject_id, location_id, customer_id, at, actor, silent, hushed, data::jsonb from unnest(:types, :subjectTypes, :subjects, :locations, :customers, :ats, "
                + ":actors, :silents, :hushed, :data) with ordinality e (type, subject_type, subject_id, location_id, customer_id, at, actor, silent, hushed, data, n) order by n returning id")
            .bindArray("types", String.class, all(events, e -> e.type().name())).bindArray("subjectTypes", String.class, all(events, e -> e.subject().type().name()))
            .bindArray("subjects", Long.class, all(events, e -> e.subject().id())).bindArray("locations", Long.class, all(events, BusinessEvent::locationId))
            .bindArray("customers", Long.class, all(events, BusinessEvent::customerId)).bindArray("ats", Instant.class, all(events, BusinessEvent::at))
            .bindArray("actors", String.class, all(events, BusinessEvent::actor)).bindArray("silents", Boolean.class, all(events, BusinessEvent::silent))
            .bindArray("hushed", Boolean.class, all(events, BusinessEvent::hushed))
            .bindArray("data", String.class, all(events, e -> json(e.data()))).map((r, c) -> r.getLong(1)).list());
        List<RecordedEvent> recorded = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            recorded.add(new RecordedEvent(ids.get(i), events.get(i)));
        }
        announce.accept(new EventsRecorded(List.copyOf(recorded)));
        return recorded;
    }

    private static <T> List<T> all(List<BusinessEvent> events, Function<BusinessEvent, T> part) {
        List<T> all = new ArrayList<>(events.size());
        events.forEach(event -> all.add(part.apply(event)));
        return all;
    }

    private static String json(Map<String, String> data) {
        JsonObjectBuilder object = BUILDERS.createObjectBuilder();
        data.forEach((key, value) -> { if (value != null) { object.add(key, value); } });
        return object.build().toString();
    }
}
