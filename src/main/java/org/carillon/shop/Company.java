package org.carillon.shop;

import java.io.Serializable;

/**
 * The company of this installation.
 *
 * @param language {@code fr} or {@code en}: of customers whose language nobody said
 * @param stopScope what STOP stops: ALL, or AS_ASKED, only offers where it answers one (LAW-16)
 * @param version  of the row; 0 when nothing was entered yet
 */
public record Company(String name, String postalAddress, String language, String stopScope, Offers offers, int version) implements Serializable {

    /**
     * What offers say and may do.
     *
     * @param contact        web page, e-mail or telephone that every offer names (LAW-06)
     * @param stopNumber     where STOP goes when the sender is a name that nobody can answer (LAW-07)
     * @param hours          narrower than the law's (LAW-08 to 10), null where the law's alone hold
     * @param aDay           most offers to one person in 24 hours, and {@code aMonth} in 30 days (REL-54)
     * @param answersADay    most automatic answers to one number in 24 hours
     * @param impliedConsent whether a purchase or an inquiry in Canada allows offers for a time (LAW-04)
     * @param segments       longest SMS that is no offer (MSG-07), and {@code offerSegments} of offers
     */
    public record Offers(String contact, String stopNumber, OpeningHours hours, int aDay, int aMonth, int answersADay, boolean impliedConsent,
                         int segments, int offerSegments) implements Serializable {

        public static final Offers USUAL = new Offers("", "", null, 1, 4, 3, true, 4, 3);
    }

    static final Company UNNAMED = new Company("", "", "fr", "ALL", 0);

    public Company(String name, String postalAddress, String language, String stopScope, int version) { this(name, postalAddress, language, stopScope, Offers.USUAL, version); }
}
