package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The front door. An unknown name, a wrong password, a disabled person and an unused invitation get the same answer in the same time. */
@ApplicationScoped
public class SignIn {

    /** What came of an attempt. */
    public sealed interface Outcome {
        /** @param since what the session counts from */
        record Welcome(Person person, Instant since) implements Outcome { }
        record Refused() implements Outcome { }
        record Wait(Duration left) implements Outcome { }
    }

    private final StaffRegister register;
    private final SignInThrottle throttle;
    private final Passwords passwords;

    protected SignIn() { this(null, null, null); }

    @Inject
    public SignIn(StaffRegister register, SignInThrottle throttle, Passwords passwords) {
        this.register = register;
        this.throttle = throttle;
        this.passwords = passwords;
    }

    /** No transaction spans the computing of the password. */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public Outcome attempt(String email, String password, String address, Instant now) {
        String account = email.strip().toLowerCase(Locale.ROOT);
        Optional<Duration> wait = throttle.enter(account, address, now);
        if (wait.isPresent()) {
            return new Outcome.Wait(wait.get());
        }
        Optional<StaffRegister.Credentials> known = register.credentials(account);
        String typed = password.length() > PasswordRule.LONGEST ? "" : password;
        boolean right = passwords.matches(typed, known.map(StaffRegister.Credentials::password).orElse(null));
        if (!right || !known.orElseThrow().active()) {
            return new Outcome.Refused();
        }
        long id = known.get().id();
        if (passwords.isDated(known.get().password())) {
            register.restorePassword(id, passwords.hash(typed));
        }
        throttle.forgive(account, address);
        register.seen(id, now);
        return new Outcome.Welcome(register.person(id), register.sessionTime());
    }
}
