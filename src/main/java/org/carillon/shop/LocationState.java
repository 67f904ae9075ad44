package org.carillon.shop;

import java.time.LocalTime;
import org.carillon.fact.Given;

/** What a form or a shop system says of a location; what is left out stays as it is. */
public record LocationState(Given<String> name, Given<String> zone, Given<String> country, Given<String> language, Given<OpeningHours> openingHours,
                            Given<Holidays> holidays, Given<LocalTime> quietFrom, Given<LocalTime> quietTo, Given<String> smsSender, Given<String> smsMode,
                            Given<String> emailFrom, Given<String> phone, Given<String> postalAddress, Given<String> replyEmail, Given<String> region) {

    /** One that says nothing of the province or state. */
    public LocationState(Given<String> name, Given<String> zone, Given<String> country, Given<String> language, Given<OpeningHours> openingHours,
                         Given<Holidays> holidays, Given<LocalTime> quietFrom, Given<LocalTime> quietTo, Given<String> smsSender, Given<String> smsMode,
                         Given<String> emailFrom, Given<String> phone, Given<String> postalAddress, Given<String> replyEmail) {
        this(name, zone, country, language, openingHours, holidays, quietFrom, quietTo, smsSender, smsMode, emailFrom, phone, postalAddress, replyEmail, Given.absent());
    }
}
