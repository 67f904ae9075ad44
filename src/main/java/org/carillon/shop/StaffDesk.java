package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.carillon.fact.Invalid;
import org.carillon.shop.Person.Appearance;

/** What administrators do with staff and what people do with their own account. Every refusal names its field. */
@ApplicationScoped @Transactional
public class StaffDesk {

    /** What the form of a person holds. Locations count only for roles that are tied to them. */
    public record Entry(String email, String name, String reference, Role role, Set<Long> locations) {
        public Entry(String email, String name, Role role, Set<Long> locations) { this(email, name, "", role, locations); }

        public Entry {
            email = email == null ? "" : email.strip().toLowerCase(Locale.ROOT);
            name = name == null ? "" : name.strip();
            reference = reference == null ? "" : reference.strip();
            locations = role != null && role.tiedToLocations() ? Set.copyOf(locations) : Set.of();
        }
    }

    public static final Duration INVITATION = Duration.ofDays(7);
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"(),;:\\\\]{1,64}@[^\\s@<>\"(),;:\\\\.]+(\\.[^\\s@<>\"(),;:\\\\.]+)+");

    private final StaffRegister register;
    private final Passwords passwords;

    protected StaffDesk() { this(null, null); }

    @Inject
    public StaffDesk(StaffRegister register, Passwords passwords) {
        this.register = register;
        this.passwords = passwords;
    }

    /** The secret of the invitation link, which nobody can show again. */
    public String invite(Entry entry, Instant now) {
        check(entry, 0);
        long id = register.add(entry.email(), entry.name(), entry.role(), null);
        register.refer(id, entry.reference());
        register.employAt(id, entry.locations());
        return inviteAgain(id, now);
    }

    /** A new link; earlier ones are void. Also the way out for a forgotten password, which stays good until the link is used. */
    public String inviteAgain(long id, Instant now) {
        String secret = Secret.make();
        register.invite(id, Secret.hash(secret), now.plus(INVITATION));
        return secret;
    }

    /** @throws Invalid also when {@code version} is no longer the stored one */
    public void edit(long id, int version, Entry entry) {
        Staff before = register.find(id).orElseThrow(() -> new Invalid(null, "gone"));
        check(entry, id);
        if (before.role() == Role.ADMINISTRATOR && entry.role() != Role.ADMINISTRATOR && !register.anotherAdministrator(id)) {
            throw new Invalid("role", "staff.last");
        }
        boolean rights = before.role() != entry.role() || !before.locations().equals(entry.locations());
        if (!register.change(id, version, entry.email(), entry.name(), entry.role(), rights)) {
            throw new Invalid(null, "conflict");
        }
        register.refer(id, entry.reference());
        register.employAt(id, entry.locations());
    }

    /** Ends the person's sessions and voids an open invitation. */
    public void disable(long id, long byId) {
        if (id == byId) {
            throw new Invalid(null, "staff.self");
        }
        if (register.find(id).orElseThrow(() -> new Invalid(null, "gone")).role() == Role.ADMINISTRATOR && !register.anotherAdministrator(id)) {
            throw new Invalid(null, "staff.last");
        }
        register.activate(id, false);
        register.dropInvitation(id);
    }

    public void enable(long id) { register.activate(id, true); }

    /** Sets the first password, or a forgotten one, by the secret of an invitation, which is used up. Whoever had it is the person. */
    public SignIn.Outcome.Welcome accept(String secret, String password, Instant now) {
        Staff staff = register.invitedBy(secret, now).orElseThrow(() -> new Invalid(null, "invitation.gone"));
        PasswordRule.check("password", password, staff.email(), staff.name());
        register.setPassword(staff.id(), passwords.hash(password));
        register.seen(staff.id(), now);
        return new SignIn.Outcome.Welcome(register.person(staff.id()), register.sessionTime());
    }

    /** Ends all sessions of this person but the one that asks, which gets the new epoch. */
    public Person changePassword(long id, String old, String password) {
        Person person = register.person(id);
        if (!passwords.matches(old, register.credentials(id).map(StaffRegister.Credentials::password).orElse(null))) {
            throw new Invalid("old", "password.wrong");
        }
        PasswordRule.check("password", password, person.email(), person.name());
        register.setPassword(id, passwords.hash(password));
        return register.person(id);
    }

    public void speak(long id, String language) { register.setLanguage(id, language); }

    public void look(long id, Appearance appearance) { register.setAppearance(id, appearance); }

    private void check(Entry entry, long id) {
        if (entry.name().isEmpty()) {
            throw new Invalid("name", "staff.name");
        }
        if (entry.email().length() > 254 || !EMAIL.matcher(entry.email()).matches()) {
            throw new Invalid("email", "staff.email");
        }
        if (entry.role() == null) {
            throw new Invalid("role", "staff.role");
        }
        if (entry.role().tiedToLocations() && entry.locations().isEmpty()) {
            throw new Invalid("locations", "staff.locations");
        }
        if (register.credentials(entry.email()).filter(other -> other.id() != id).isPresent()) {
            throw new Invalid("email", "staff.taken", entry.email());
        }
        if (entry.reference().length() > 100) {
            throw new Invalid("reference", "text.long", 100);
        }
        register.referredAs(entry.reference()).filter(other -> other.id() != id).ifPresent(other -> {
            throw new Invalid("reference", "staff.reference", other.name());
        });
    }
}
