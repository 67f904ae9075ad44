package org.carillon.automation;

import java.util.Set;

/**
 * Where an automation stands after a change, as much as what was planned from it needs to know.
 *
 * @param locations empty for one of the whole company
 */
public record Revision(long id, Set<Long> locations, AutomationState state, boolean deleted, int rev) {

    static Revision of(Automation automation) {
        return new Revision(automation.id(), automation.locations(), automation.state(), automation.deleted(), automation.rev());
    }

    /** Whether it sends at all. */
    public boolean working() { return state == AutomationState.ACTIVE && !deleted; }
}
