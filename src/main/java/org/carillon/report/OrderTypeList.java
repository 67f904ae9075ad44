package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The company's order types in their order (RO-28). */
@ApplicationScoped
public class OrderTypeList {

    /**
     * @param shown     codes of the form's fields, by comma: DUE_DATE, OBJECT, REFERENCE, AMOUNT
     * @param preferred stands where no type is named
     */
    public record Row(String code, String nameFr, String nameEn, String shown, boolean preferred, boolean active, int version) implements Serializable {

        public String name(String language) { return "en".equals(language) ? nameEn : nameFr; }

        public List<String> shownList() { return shown.isEmpty() ? List.of() : Arrays.asList(shown.split(",")); }

        public boolean shows(String field) { return shownList().contains(field); }
    }

    private static final String SELECT = "select code, name_fr, name_en, shown, preferred, active, version from order_type";

    private final Jdbi jdbi;

    protected OrderTypeList() { this(null); }

    @Inject
    public OrderTypeList(Jdbi jdbi) { this.jdbi = jdbi; }

    public List<Row> all() { return rows(SELECT + " order by position, id"); }

    /** Those that a new order may be given, the preferred one first. */
    public List<Row> active() { return rows(SELECT + " where active order by preferred desc, position, id"); }

    /** Active types whose form asks for no due date: reminders will not work for their orders unless a shop system tells one (RO-27, RO-28). */
    public List<Row> withoutDueDate() { return active().stream().filter(row -> !row.shows("DUE_DATE")).toList(); }

    private List<Row> rows(String sql) { return jdbi.withHandle(h -> h.createQuery(sql).map(ConstructorMapper.of(Row.class)).list()); }
}
