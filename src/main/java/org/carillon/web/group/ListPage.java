package org.carillon.web.group;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.carillon.audience.CustomerGroup;
import org.carillon.audience.CustomerGroup.Side;
import org.carillon.audience.CustomerGroups;
import org.carillon.audience.GroupDesk;
import org.carillon.web.Current;
import org.carillon.web.audience.RuleEditor;
import org.carillon.web.audience.RuleWords;
import org.carillon.web.audience.Sentence;

/** All customer groups, with what their rules say. */
@Named("groupList") @ViewScoped
public class ListPage implements Serializable {

    /** @param rules in plain words, empty for a group without */
    public record Row(long id, String name, String ref, Sentence rules, int added, int excluded) implements Serializable { }

    @Inject private CustomerGroups groups;
    @Inject private GroupDesk desk;
    @Inject private RuleWords words;
    @Inject private Current current;
    private transient List<Row> rows;

    public List<Row> getRows() {
        if (rows == null) {
            Map<Long, Map<Side, Integer>> byHand = desk.byHand(current.getScope());
            rows = groups.all().stream().map(g -> row(g, byHand.getOrDefault(g.id(), Map.of()))).toList();
        }
        return rows;
    }

    /** Whether this person may make one: a group belongs to the company. */
    public boolean isMine() { return current.getScope().all(); }

    private Row row(CustomerGroup group, Map<Side, Integer> byHand) {
        return new Row(group.id(), group.name(), group.ref(), words.sentence(RuleEditor.of(group.audience())), byHand.getOrDefault(Side.IN, 0), byHand.getOrDefault(Side.OUT, 0));
    }
}
