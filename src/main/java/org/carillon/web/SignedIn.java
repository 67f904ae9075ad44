package org.carillon.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.carillon.shop.Person;

/** What a session remembers of a sign-in: no rights, only whom to look up. The epoch must still be the person's (SEC-06). */
record SignedIn(long staffId, int epoch, Instant since) implements Serializable {

    static final String SESSION = "carillon.signedIn";
    private static final String REQUEST = "carillon.person";

    static Optional<Person> person(HttpServletRequest request) { return Optional.ofNullable((Person) request.getAttribute(REQUEST)); }

    static void put(HttpServletRequest request, Person person) { request.setAttribute(REQUEST, person); }
}
