package org.carillon.web.type;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.report.OrderTypeList;
import org.carillon.report.OrderTypeList.Row;
import org.carillon.web.Current;

/** For whoever writes a reminder: the order types whose form has no due date. Shown by {@code /type/_undated.xhtml}. */
@Named @RequestScoped
public class UndatedTypes {

    private final OrderTypeList list;
    private final Current current;
    private List<Row> rows;

    protected UndatedTypes() { this(null, null); }

    @Inject
    public UndatedTypes(OrderTypeList list, Current current) {
        this.list = list;
        this.current = current;
    }

    private List<Row> rows() {
        if (rows == null) {
            rows = list.withoutDueDate();
        }
        return rows;
    }

    public int getCount() { return rows().size(); }

    /** In the reader's language; empty where every type has a due date. */
    public String getNames() { return rows().stream().map(row -> row.name(current.getLanguage())).collect(Collectors.joining(", ")); }
}
