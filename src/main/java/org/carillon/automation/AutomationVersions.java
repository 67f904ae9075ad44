package org.carillon.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.carillon.automation.AutomationVersion.Act;
import org.carillon.fact.Actor;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;

/** What automations with an audience were, version by version, and the way back to each (B-45); for those who may see the automation. */
@ApplicationScoped
public class AutomationVersions {

    private final Jdbi jdbi;
    private final AudienceAutomations desk;
    private final FieldCatalogue catalogue;

    protected AutomationVersions() { this(null, null, null); }

    @Inject
    public AutomationVersions(Jdbi jdbi, AudienceAutomations desk, FieldCatalogue catalogue) {
        this.jdbi = jdbi;
        this.desk = desk;
        this.catalogue = catalogue;
    }

    /** The newest first, from below a number ({@link Integer#MAX_VALUE} for all); none where the automation is out of sight. */
    public List<AutomationVersion> of(Scope scope, long automation, int below, int most) {
        if (desk.find(scope, automation).isEmpty()) {
            return List.of();
        }
        FieldCatalogue fields = catalogue.now();
        return jdbi.withHandle(h -> h.createQuery("select v.* from automation_version v where automation_id = :id and number < :below order by number desc limit :most")
            .bind("id", automation).bind("below", below).bind("most", most).map((r, c) -> read(r, fields)).list());
    }

    /**
     * Brings back all that a version said; whether it is switched on stays as it is.
     *
     * @param version of the automation, as the page showed it
     * @throws Invalid where one that is switched on would not be complete, or a location of then is out of reach
     */
    @Transactional
    public AudienceAutomation restore(Scope scope, long automation, int number, int version, Actor actor) {
        AutomationVersion then = find(scope, automation, number).orElseThrow(() -> Invalid.unknown("automation", automation));
        AudienceDraft d = then.said();
        return desk.restore(scope, new AudienceDraft(automation, version, d.name(), d.kind(), d.audience(), d.schedule(), d.everywhere(), d.locations(), d.channels(), d.marketing(), d.translations(),
            d.dropPastMidnight()), number, actor);
    }

    private Optional<AutomationVersion> find(Scope scope, long automation, int number) {
        return of(scope, automation, number + 1, 1).stream().filter(v -> v.number() == number).findFirst();
    }

    private static AutomationVersion read(ResultSet r, FieldCatalogue fields) throws SQLException {
        OffsetDateTime at = r.getObject("at", OffsetDateTime.class);
        return new AutomationVersion(r.getInt("number"), Act.valueOf(r.getString("act")), r.getObject("restored_from", Integer.class), at == null ? null : at.toInstant(), r.getString("actor"),
            AutomationState.valueOf(r.getString("state")), AudienceShelf.said(r, null, null, fields));
    }
}
