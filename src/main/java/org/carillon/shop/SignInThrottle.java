package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Slows guessers down (SEC-15): 10 wrong attempts in 15 minutes for one name from one network, 50 from one address. Whoever guesses from elsewhere
 * never locks the owner out. Counted in the database, so that the number of nodes does not matter.
 */
@ApplicationScoped
public class SignInThrottle {

    static final Duration WINDOW = Duration.ofMinutes(15);
    static final int PER_ACCOUNT = 10;
    static final int PER_ADDRESS = 50;

    private final Jdbi jdbi;

    protected SignInThrottle() { this(null); }

    @Inject
    public SignInThrottle(Jdbi jdbi) { this.jdbi = jdbi; }

    /**
     * Counts an attempt before the password is looked at, so that parallel guesses count too.
     *
     * @return how long to wait, when this one may not be tried
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Optional<Duration> enter(String account, String address, Instant now) {
        byte[] key = Secret.hash(account);
        String net = net(address);
        Instant from = now.minus(WINDOW);
        return jdbi.inTransaction(h -> {
            h.createQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:address, 15)), pg_advisory_xact_lock(hashtextextended(:net || encode(:key, 'hex'), 16))) locked")
                .bind("address", address).bind("net", net).bind("key", key).mapTo(Integer.class).one();
            h.createUpdate("delete from sign_in_attempt where at < :from").bind("from", from).execute();
            Optional<Instant> frees = h.createQuery("select greatest((select at from sign_in_attempt where account = :key and net = :net and at >= :from order by at desc offset :perAccount limit 1), "
                    + "(select at from sign_in_attempt where address = :address and at >= :from order by at desc offset :perAddress limit 1))")
                .bind("key", key).bind("net", net).bind("address", address).bind("from", from).bind("perAccount", PER_ACCOUNT - 1).bind("perAddress", PER_ADDRESS - 1)
                .mapTo(Instant.class).findOne();
            if (frees.isPresent()) {
                return Optional.of(Duration.between(now, frees.get().plus(WINDOW)));
            }
            h.createUpdate("insert into sign_in_attempt (account, address, net, at) values (:key, :address, :net, :at)")
                .bind("key", key).bind("address", address).bind("net", net).bind("at", now).execute();
            return Optional.empty();
        });
    }

    /** It was the owner: the attempts for this name from this network are forgiven. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void forgive(String account, String address) {
        jdbi.useTransaction(h -> h.createUpdate("delete from sign_in_attempt where account = :key and net = :net")
            .bind("key", Secret.hash(account)).bind("net", net(address)).execute());
    }

    /** The /24 of an IPv4 address, the /64 of an IPv6 address; what is no address stands for itself. */
    static String net(String address) {
        if (!address.matches("[0-9a-fA-F:.]+")) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return InetAddress.getByAddress(Arrays.copyOf(Arrays.copyOf(bytes, bytes.length == 4 ? 3 : 8), bytes.length)).getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
