package org.carillon.web.backlog;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.carillon.fact.Invalid;
import org.carillon.plan.RestoreDesk;
import org.carillon.report.RestoreFigures;
import org.carillon.report.RestoreFigures.Standing;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.carillon.web.Current;
import org.carillon.web.Notices;

/** Everything is held after a restore (REL-29): since when and why, what would leave at once, and who lets it go. */
@Named("backlogRestored") @RequestScoped
public class RestoredPage {

    @Inject private RestoreFigures figures;
    @Inject private RestoreDesk desk;
    @Inject private Current current;
    @Inject private Notices notices;
    private Standing standing;
    private boolean read;

    /** Null where nothing is held. An operator sees figures of the whole house, and no customer. */
    public Standing getStanding() {
        if (!read) {
            standing = figures.standing(current.getRole() == Role.OPERATOR ? Scope.everything() : current.getScope()).orElse(null);
            read = true;
        }
        return standing;
    }

    public boolean isDecides() { return current.getRole().decidesOnBacklog(); }

    public String release() { return decide(false); }

    public String setAside() { return decide(true); }

    private String decide(boolean aside) {
        try {
            long held = desk.release(current.person().orElseThrow(), aside);
            notices.doneThen("backlog", aside ? "restored.aside.done" : "restored.released", held);
            return aside ? "/backlog/view?faces-redirect=true" : "/backlog/restored?faces-redirect=true";
        } catch (Invalid refusal) {
            notices.refuse("act", refusal);
            return null;
        }
    }
}
