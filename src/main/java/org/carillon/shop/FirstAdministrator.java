package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Opens an empty installation. The operator chooses an invitation secret and gives it in the environment, so that none is ever written to a log
 * (SEC-25): the first administrator opens {@code <publicUrl>/open/invitation.xhtml?t=<secret>} and sets a password there. Once anybody is on the
 * staff, the settings mean nothing.
 */
@ApplicationScoped
public class FirstAdministrator {

    private static final Logger LOG = System.getLogger(FirstAdministrator.class.getName());
    private static final int SHORTEST = 32;

    private final StaffRegister register;
    private final Optional<String> email;
    private final Optional<String> invitation;

    protected FirstAdministrator() { this(null, Optional.empty(), Optional.empty()); }

    @Inject
    public FirstAdministrator(StaffRegister register, @ConfigProperty(name = "carillon.setup.email") Optional<String> email,
                              @ConfigProperty(name = "carillon.setup.invitation") Optional<String> invitation) {
        this.register = register;
        this.email = email;
        this.invitation = invitation;
    }

    /** At start, after the schema: does nothing unless nobody is on the staff. */
    @Transactional
    public void admit(Instant now) {
        if (!register.isEmpty()) {
            return;
        }
        if (email.isEmpty() || invitation.filter(secret -> secret.length() >= SHORTEST).isEmpty()) {
            LOG.log(Level.WARNING, "Nobody can sign in yet: set carillon.setup.email and carillon.setup.invitation (a secret of at least " + SHORTEST
                + " characters) and restart");
            return;
        }
        StaffDesk.Entry entry = new StaffDesk.Entry(email.get(), "Administration", Role.ADMINISTRATOR, Set.of());
        long id = register.add(entry.email(), entry.name(), entry.role(), null);
        register.invite(id, Secret.hash(invitation.get()), now.plus(StaffDesk.INVITATION));
        LOG.log(Level.INFO, "The first administrator is invited: open /open/invitation.xhtml?t= with the value of carillon.setup.invitation");
    }
}
