package org.carillon.web.template;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.carillon.fact.Invalid;
import org.carillon.report.ApprovalList;
import org.carillon.report.TemplateList;
import org.carillon.template.TemplateDesk;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Texts;

/** The company's texts. */
@Named("templateList") @ViewScoped
public class ListPage implements Serializable {

    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private Texts texts;
    @Inject private TemplateList list;
    @Inject private TemplateDesk desk;
    @Inject private ApprovalList approvals;
    private transient List<ApprovalList.Row> waiting;
    private transient List<TemplateList.Row> rows;
    private transient List<TemplateList.Gone> gone;
    private String show;
    private String refusal;

    public List<TemplateList.Row> getRows() {
        if (rows == null) {
            rows = list.all(current.getScope(), current.getLanguage());
        }
        return rows;
    }

    public void delete(long id) {
        refusal = null;
        try {
            desk.delete(current.getScope(), id, current.actor());
            notices.done("template", "list.deleted");
        } catch (Invalid no) {
            refusal = texts.say("invalid", no.key(), no.arguments().toArray());
        }
        rows = null;
        gone = null;
    }

    /** Texts that read like offers and wait for a second person (LAW-01). */
    public List<ApprovalList.Row> getWaiting() {
        if (waiting == null) {
            waiting = approvals.waiting(current.getScope());
        }
        return waiting;
    }

    public List<ApprovalList.Row> getDecided() { return approvals.decided(current.getScope()); }

    public void approve(long request) { decide(() -> desk.approve(current.getScope(), request, current.actor()), "approval.approved"); }

    public void refuse(long request) { decide(() -> desk.refuse(current.getScope(), request, current.actor()), "approval.refused"); }

    private void decide(Runnable deed, String done) {
        refusal = null;
        try {
            deed.run();
            notices.done("template", done);
        } catch (Invalid no) {
            refusal = texts.say("invalid", no.key(), no.arguments().toArray());
        }
        waiting = null;
        rows = null;
    }

    /** Whether this person asked for it, and so must leave it to another. */
    public boolean own(String askedBy) { return current.actor().key().equals(askedBy); }

    public boolean isPending() { return "waiting".equals(show); }

    public List<TemplateList.Gone> getGone() {
        if (gone == null) {
            gone = list.deleted();
        }
        return gone;
    }

    public boolean isBin() { return "deleted".equals(show); }
    public String getShow() { return show; }
    public void setShow(String show) { this.show = show; }

    /** Why the last act was refused, null when it was not. */
    public String getRefusal() { return refusal; }
}
