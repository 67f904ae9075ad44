package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.EventType;
import org.carillon.fact.Field;
import org.carillon.fact.FieldSource;
import org.carillon.fact.FieldType;
import org.carillon.fact.Subject;

/** What a text can say of a work order, and a rule can ask of it or of all that a customer has; estimates are none (A-15b). */
@ApplicationScoped
public class OrderFields implements FieldSource {

    /** All three mean the same document; what is asked of the closed ones counts those that are closed. */
    private static final Category OPENED = new Category("repair_order_opened", Subject.Type.ORDER, "work_order", "x.kind = 'WORK_ORDER'");
    private static final Category CLOSED = new Category("repair_order_closed", Subject.Type.ORDER, "work_order", "x.kind = 'WORK_ORDER' and x.closed_at is not null");
    private static final Category ANY = new Category("work_order", Subject.Type.ORDER, "work_order", "x.kind = 'WORK_ORDER'");
    /** Our code or the shop system's raw one (A-10, A-15e). */
    private static final List<String> STATUS = List.of("x.status", "nullif(x.status_code, '')");
    /** An order that comes back into a status on another day matches anew: the day on which the one that answers was reached, whatever became of the other. */
    private static final List<String> REACHED = List.of("x.status_day", "x.code_day");

    private static final Set<EventType> MADE = Set.of(EventType.ORDER_CREATED);
    private static final Set<EventType> MOVED = Set.of(EventType.ORDER_CREATED, EventType.ORDER_STATUS_CHANGED);
    private static final Set<EventType> ENDED = Set.of(EventType.ORDER_CREATED, EventType.ORDER_CLOSED);

    private static Field field(String name, FieldType type, String sql) { return new Field("order." + name, type, Subject.Type.ORDER, sql); }

    @Override public List<Field> fields() {
        String vehicle = "trim(concat_ws(' ', nullif(v.make, ''), nullif(v.model, '')))";
        List<Field> all = new ArrayList<>(List.of(field("reference", FieldType.TEXT, "coalesce(nullif(o.reference, ''), o.ref)"),
            field("status", FieldType.TEXT, "case tx.language when 'en' then s.name_en else s.name_fr end"),
            field("due_at_date", FieldType.DATE, "o.due_local"),
            field("due_at_time", FieldType.TIME, "o.due_local"),
            field("vehicle", FieldType.TEXT, vehicle),
            field("object", FieldType.TEXT, "coalesce(nullif(o.object_label, ''), " + vehicle + ")"),
            field("total", FieldType.MONEY, "o.total")));
        all.addAll(asked());
        return all;
    }

    private static List<Field> asked() {
        return List.of(Field.asked("happened_at", FieldType.INSTANT, new Asked.Own(OPENED, "x.opened_at")),
            Field.asked("status", FieldType.CODE, new Asked.Own(OPENED, STATUS, REACHED, MOVED)),
            Field.asked("ro_status", FieldType.CODE, new Asked.Own(OPENED, STATUS, REACHED, MOVED)),
            Field.asked("ro_status_code", FieldType.TEXT, new Asked.Own(OPENED, STATUS, REACHED, MOVED)),
            Field.asked("reference", FieldType.TEXT, new Asked.Own(OPENED, "coalesce(nullif(x.reference, ''), x.ref)")),
            Field.asked("customer_sale", FieldType.MONEY, new Asked.Own(OPENED, "x.customer_sale")),
            Field.asked("warranty_sale", FieldType.MONEY, new Asked.Own(OPENED, "x.warranty_sale")),
            Field.asked("last_time", FieldType.INSTANT, new Asked.Extreme(OPENED, "x.opened_at", "true", true, MADE)),
            Field.asked("times", FieldType.COUNT, new Asked.Count(OPENED, "true")),
            Field.asked("open_count", FieldType.COUNT, new Asked.Count(OPENED, "x.status_group in ('OPEN', 'READY')")),
            Field.asked("last_time", FieldType.INSTANT, new Asked.Extreme(CLOSED, "x.closed_at", "true", true, ENDED)),
            Field.asked("last_time", FieldType.INSTANT, new Asked.Extreme(ANY, "x.last_time", "true", true, MOVED)),
            Field.asked("times", FieldType.COUNT, new Asked.Count(ANY, "true")));
    }
}
