package org.carillon.web.reputation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.carillon.fact.Invalid;
import org.carillon.plan.OffersDesk;
import org.carillon.report.OfferFigures;
import org.carillon.report.OfferFigures.Row;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.carillon.web.Current;
import org.carillon.web.Notices;

/** Complaints and returns of each location's offers, and those on hold for them (LAW-18). An operator sees figures of the whole house, and no customer. */
@Named("reputationList") @RequestScoped
public class ListPage {

    @Inject private OfferFigures figures;
    @Inject private OffersDesk desk;
    @Inject private Current current;
    @Inject private Notices notices;
    private List<Row> rows;

    public List<Row> getRows() {
        if (rows == null) {
            rows = figures.rows(current.getRole() == Role.OPERATOR ? Scope.everything() : current.getScope());
        }
        return rows;
    }

    public boolean isDecides() { return current.getRole().decidesOnBacklog(); }

    public String release(long locationId) {
        try {
            desk.release(current.person().orElseThrow(), locationId);
            notices.doneThen("reputation", "list.released");
            return "/reputation/list?faces-redirect=true";
        } catch (Invalid refusal) {
            notices.refuse("list", refusal);
            return null;
        }
    }

    /** In percent, with one decimal. */
    public String share(Row row, int part) { return String.format(current.getLocale(), "%.1f", row.percent(part)); }
}
