package org.carillon.repair;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.carillon.fact.Invalid;
import org.jdbi.v3.core.Jdbi;

/** Defines the company's lead statuses. */
@ApplicationScoped
public class LeadStatusDesk {

    private LeadStatuses statuses;
    private Jdbi jdbi;

    protected LeadStatusDesk() { }

    @Inject
    public LeadStatusDesk(LeadStatuses statuses, Jdbi jdbi) {
        this.statuses = statuses;
        this.jdbi = jdbi;
    }

    /** A new status comes last. */
    @Transactional
    public LeadStatus define(String code, String nameFr, String nameEn, LeadGroup group) {
        StatusDesk.judgeCode(code);
        if (statuses.find(code).isPresent()) {
            throw new Invalid("code", "status.taken", code);
        }
        List<LeadStatus> all = statuses.all();
        LeadStatus status = LeadStatus.define(code, all.isEmpty() ? 1 : all.get(all.size() - 1).position() + 1);
        become(status, nameFr, nameEn, group, true);
        statuses.add(status);
        return status;
    }

    @Transactional
    public void change(String code, String nameFr, String nameEn, LeadGroup group, boolean active) {
        become(known(code), nameFr, nameEn, group, active);
        statuses.flush();
        jdbi.useHandle(h -> h.execute("update lead set status_group = ? where status = ? and status_group <> ?", group.name(), code, group.name()));
    }

    /** Switches a status on or off for the whole company; its names are left alone. */
    @Transactional
    public void offer(String code, boolean active) {
        LeadStatus status = known(code);
        status.become(status.nameFr(), status.nameEn(), status.group(), active);
        statuses.flush();
    }

    /** Moves a status one place up (-1) or down (+1) in every list. */
    @Transactional
    public void move(String code, int by) {
        List<LeadStatus> all = statuses.all();
        int from = all.indexOf(known(code));
        int to = from + Integer.signum(by);
        if (to >= 0 && to < all.size()) {
            int position = all.get(from).position();
            all.get(from).moveTo(all.get(to).position());
            all.get(to).moveTo(position);
        }
    }

    private LeadStatus known(String code) { return statuses.find(code).orElseThrow(() -> Invalid.unknown("status", code)); }

    private static void become(LeadStatus status, String nameFr, String nameEn, LeadGroup group, boolean active) {
        status.become(StatusDesk.name("nameFr", nameFr), StatusDesk.name("nameEn", nameEn), group, active);
    }
}
