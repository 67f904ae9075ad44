package org.carillon.delivery;

import org.carillon.template.Alphabet;

/**
 * What an SMS route makes of a text. A message keeps the terms it was released under: it is sent again as it was counted.
 *
 * @param alphabet     what the route's default data coding means (MSG-01, MSG-06)
 * @param longMessages how a text of several segments crosses (MSG-05)
 * @param segmentPrice null where nobody has told it
 */
public record SmsTerms(Alphabet alphabet, LongMessages longMessages, Price segmentPrice) {

    /** Of a route that says nothing else. */
    public static final SmsTerms USUAL = new SmsTerms(Alphabet.GSM7, LongMessages.UDH, null);
}
