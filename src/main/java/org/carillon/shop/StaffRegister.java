package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.shop.Person.Appearance;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The rows of staff. Read by SQL on every use and never through a second-level cache: another node must not go on believing in somebody who was
 * disabled a moment ago.
 */
@ApplicationScoped
public class StaffRegister {

    /** What a sign-in is judged by. */
    public record Credentials(long id, String password, int epoch, boolean active) { }

    private static final String SELECT = "select s.*, s.password is not null as enrolled, array(select location_id from staff_location l where l.staff_id = s.id) as places, "
        + "exists (select from invitation i where i.staff_id = s.id) as invited from staff s ";

    private final Jdbi jdbi;

    protected StaffRegister() { this(null); }

    @Inject
    public StaffRegister(Jdbi jdbi) { this.jdbi = jdbi; }

    public List<Staff> all() { return jdbi.withHandle(h -> h.createQuery(SELECT + "order by active desc, name, id").map((row, ctx) -> staff(row)).list()); }

    public Optional<Staff> find(long id) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + "where id = :id").bind("id", id).map((row, ctx) -> staff(row)).findOne());
    }

    public boolean isEmpty() { return jdbi.withHandle(h -> h.createQuery("select not exists (select from staff)").mapTo(Boolean.class).one()); }

    public Optional<Credentials> credentials(String email) { return credentials("email = :key", email); }

    public Optional<Credentials> credentials(long id) { return credentials("id = :key", id); }

    private Optional<Credentials> credentials(String where, Object key) {
        return jdbi.withHandle(h -> h.createQuery("select id, password, epoch, active from staff where " + where).bind("key", key)
            .map((row, ctx) -> new Credentials(row.getLong("id"), row.getString("password"), row.getInt("epoch"), row.getBoolean("active"))).findOne());
    }

    /** The person of a session, when active, of the same epoch, and signed in less than 12 hours ago by the database's own clock (SEC-06). */
    public Optional<Person> present(long id, int epoch, Instant since) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + "where id = :id and epoch = :epoch and active and clock_timestamp() - interval '12 hours' < :since")
            .bind("id", id).bind("epoch", epoch).bind("since", since).map((row, ctx) -> person(row)).findOne());
    }

    public Person person(long id) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + "where id = :id").bind("id", id).map((row, ctx) -> person(row)).one());
    }

    /** When sessions count from: the database's time, which no test clock moves. */
    public Instant sessionTime() { return jdbi.withHandle(h -> h.createQuery("select clock_timestamp()").mapTo(Instant.class).one()); }

    long add(String email, String name, Role role, String language) {
        return jdbi.withHandle(h -> h.createQuery("insert into staff (email, name, role, language) values (:email, :name, :role, :language) returning id")
            .bind("email", email).bind("name", name).bind("role", role).bind("language", language).mapTo(Long.class).one());
    }

    void employAt(long id, Set<Long> locations) {
        jdbi.useHandle(h -> {
            h.createUpdate("delete from staff_location where staff_id = :id").bind("id", id).execute();
            h.createUpdate("insert into staff_location select :id, unnest(:locations)").bind("id", id).bind("locations", locations.toArray(Long[]::new)).execute();
        });
    }

    /** False when somebody else wrote this version in the meantime. */
    boolean change(long id, int version, String email, String name, Role role, boolean endSessions) {
        return jdbi.withHandle(h -> h.createUpdate("update staff set email = :email, name = :name, role = :role, version = version + 1, epoch = epoch + :ends "
                + "where id = :id and version = :version")
            .bind("email", email).bind("name", name).bind("role", role).bind("ends", endSessions ? 1 : 0).bind("id", id).bind("version", version).execute()) == 1;
    }

    /** What shop systems call them: compared as A-34 says, so that 7 and "007" are one. */
    public Optional<Staff> referredAs(String reference) {
        return reference.isEmpty() ? Optional.empty() : jdbi.withHandle(h -> h.createQuery(SELECT + "where s.reference <> '' and plain_reference(s.reference) = plain_reference(:reference)")
            .bind("reference", reference).map((row, ctx) -> staff(row)).findOne());
    }

    void refer(long id, String reference) { run("update staff set reference = :value where id = :id", id, reference); }

    void activate(long id, boolean active) {
        run("update staff set active = :value, epoch = epoch + 1, version = version + 1 where id = :id", id, active);
    }

    void setPassword(long id, String hash) {
        run("update staff set password = :value, epoch = epoch + 1 where id = :id", id, hash);
        dropInvitation(id);
    }

    /** The same password, stored anew: nobody's session ends. */
    void restorePassword(long id, String hash) { run("update staff set password = :value where id = :id", id, hash); }

    void setLanguage(long id, String language) { run("update staff set language = :value where id = :id", id, language); }

    void setAppearance(long id, Appearance appearance) { run("update staff set appearance = :value where id = :id", id, appearance); }

    void seen(long id, Instant at) { run("update staff set last_sign_in_at = :value where id = :id", id, at); }

    void invite(long id, byte[] tokenHash, Instant expiresAt) {
        jdbi.useHandle(h -> h.createUpdate("insert into invitation values (:id, :hash, :expires) on conflict (staff_id) do update set token_hash = :hash, expires_at = :expires")
            .bind("id", id).bind("hash", tokenHash).bind("expires", expiresAt).execute());
    }

    void dropInvitation(long id) { jdbi.useHandle(h -> h.createUpdate("delete from invitation where staff_id = :id").bind("id", id).execute()); }

    public Optional<Staff> invitedBy(String token, Instant now) {
        return jdbi.withHandle(h -> h.createQuery(SELECT + "where active and id = (select staff_id from invitation where token_hash = :hash and expires_at > :now)")
            .bind("hash", Secret.hash(token)).bind("now", now).map((row, ctx) -> staff(row)).findOne());
    }

    /** Holds the administrators still until the transaction ends and says whether another active one has a password. */
    boolean anotherAdministrator(long id) {
        return jdbi.withHandle(h -> h.createQuery("select id from staff where role = 'ADMINISTRATOR' and active and password is not null for update")
            .mapTo(Long.class).list()).stream().anyMatch(other -> other != id);
    }

    private void run(String sql, long id, Object value) {
        jdbi.useHandle((Handle h) -> h.createUpdate(sql).bind("id", id).bind("value", value).execute());
    }

    private static Staff staff(ResultSet row) throws SQLException {
        Timestamp last = row.getTimestamp("last_sign_in_at");
        return new Staff(row.getLong("id"), row.getString("email"), row.getString("name"), row.getString("reference"), Role.valueOf(row.getString("role")),
            places(row.getArray("places")), row.getBoolean("active"), row.getBoolean("enrolled"), row.getBoolean("invited"), last == null ? null : last.toInstant(), row.getInt("version"));
    }

    private static Person person(ResultSet row) throws SQLException {
        Role role = Role.valueOf(row.getString("role"));
        Scope scope = role == Role.ADMINISTRATOR ? Scope.everything() : role == Role.OPERATOR ? Scope.nothing() : Scope.of(places(row.getArray("places")));
        return new Person(row.getLong("id"), row.getString("email"), row.getString("name"), role, row.getString("language"),
            Appearance.valueOf(row.getString("appearance")), scope, row.getInt("epoch"));
    }

    private static Set<Long> places(Array array) throws SQLException { return Set.copyOf(Arrays.asList((Long[]) array.getArray())); }
}
