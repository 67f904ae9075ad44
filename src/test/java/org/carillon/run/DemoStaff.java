package org.carillon.run;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.shop.Passwords;
import org.jdbi.v3.core.Jdbi;

/** The people of the demo company, one of every role and an advisor of the other location. Their passwords are made anew for every company. */
final class DemoStaff {

    private record Member(String key, String name, String email, String role, String location, String language) { }

    private static final List<Member> MEMBERS = List.of(
        new Member("admin", "Claire Desrosiers", "claire@garage.example", "ADMINISTRATOR", null, "fr"),
        new Member("manager", "Maxime Cloutier", "maxime@garage.example", "MANAGER", "MTL", "fr"),
        new Member("advisor", "Josée Lapointe", "josee@garage.example", "ADVISOR", "MTL", "fr"),
        new Member("advisorPar", "Nicolas Aubert", "nicolas@garage.example", "ADVISOR", "PAR", "fr"),
        new Member("operator", "Alex Novak", "alex@garage.example", "OPERATOR", null, "en"));
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private final Jdbi jdbi;

    DemoStaff(Jdbi jdbi) { this.jdbi = jdbi; }

    /** {@code admin.user}, {@code admin.password} and so on. */
    Map<String, String> employ() {
        Map<String, String> accounts = new LinkedHashMap<>();
        MEMBERS.forEach(member -> {
            accounts.put(member.key() + ".user", member.email());
            accounts.put(member.key() + ".password", password());
        });
        Passwords passwords = new Passwords();
        Map<String, String> hashes = MEMBERS.parallelStream()
            .collect(Collectors.toMap(Member::key, member -> passwords.hash(accounts.get(member.key() + ".password"))));
        MEMBERS.forEach(member -> employ(member, hashes.get(member.key())));
        return accounts;
    }

    private void employ(Member member, String hash) {
        jdbi.useHandle(h -> {
            long id = h.createQuery("insert into staff (email, name, reference, role, language, password) values (:email, :name, :name, :role, :language, :password) returning id")
                .bind("email", member.email()).bind("name", member.name()).bind("role", member.role()).bind("language", member.language())
                .bind("password", hash).mapTo(Long.class).one();
            h.createUpdate("insert into staff_location (staff_id, location_id) select :id, id from location where code = :code")
                .bind("id", id).bind("code", member.location()).execute();
        });
    }

    private static String password() {
        SecureRandom random = new SecureRandom();
        return IntStream.range(0, 4).mapToObj(group -> IntStream.range(0, 4).mapToObj(i -> LETTERS.substring(random.nextInt(LETTERS.length())).substring(0, 1))
            .collect(Collectors.joining())).collect(Collectors.joining("-"));
    }
}
