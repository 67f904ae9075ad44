package org.carillon.web;

import java.util.Set;
import org.carillon.run.Stack;
import org.carillon.shop.Passwords;
import org.carillon.shop.Role;
import org.jdbi.v3.core.Handle;

/** People for tests of pages: one of each role, with two locations of their own, beside whatever the demo company holds. */
public final class House {

    public static final String PASSWORD = "quatre chevaux bleus";
    private static boolean furnished;

    private House() { }

    /** Sign-in name of the person of this role who works in the given corner ({@code east} or {@code west}) of the house. */
    public static String email(Role role, String corner) { return role.name().toLowerCase(java.util.Locale.ROOT) + "-" + corner + "@house.example"; }

    public static String email(Role role) { return email(role, "east"); }

    public static synchronized Stack open() {
        Stack stack = Stack.get();
        if (!furnished) {
            String hash = new Passwords().hash(PASSWORD);
            stack.owner().useTransaction(h -> {
                for (String corner : Set.of("east", "west")) {
                    long location = location(h, corner);
                    for (Role role : Role.values()) {
                        long id = h.createQuery("insert into staff (email, name, role, password) values (:email, :name, :role, :hash) returning id")
                            .bind("email", email(role, corner)).bind("name", "Noé " + corner).bind("role", role).bind("hash", hash).mapTo(Long.class).one();
                        if (role.tiedToLocations()) {
                            h.execute("insert into staff_location values (?, ?)", id, location);
                        }
                    }
                }
            });
            furnished = true;
        }
        // what an earlier journey chose is kept for the person; here the browser decides
        stack.owner().useHandle(h -> h.execute("update staff set language = null where email like '%@house.example'"));
        return stack;
    }

    private static long location(Handle h, String corner) {
        return h.createQuery("insert into location (code, name, zone, country, language) values (:code, :name, 'America/Toronto', 'CA', 'fr') returning id")
            .bind("code", "HOUSE-" + corner).bind("name", "House " + corner).mapTo(Long.class).one();
    }
}
