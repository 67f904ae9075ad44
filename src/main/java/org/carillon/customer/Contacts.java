package org.carillon.customer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.fact.Invalid;

/**
 * The numbers and addresses of a statement, read, in its order.
 *
 * @param warnings of each that cannot be used as it is meant; it is kept all the same (dirty numbers do not lose customers)
 * @param refused  the warning of the first that cannot be used for anything, which a form does not take
 */
record Contacts(List<PhoneNumber> numbers, List<EmailAddress> addresses, List<Invalid> warnings, Optional<Invalid> refused) {

    /**
     * @param country ISO 3166-1 alpha-2, reads national numbers
     * @param bad     E.164 numbers of this customer that a provider refused; no statement of the shop's makes them good
     */
    static Contacts read(CustomerState state, String country, Set<String> bad) {
        List<PhoneNumber> numbers = new ArrayList<>();
        List<EmailAddress> addresses = new ArrayList<>();
        List<Invalid> warnings = new ArrayList<>();
        List<Invalid> useless = new ArrayList<>();
        for (PhoneState phone : state.phones().or(List.of(), List::of)) {
            boolean landline = Boolean.FALSE.equals(phone.mobile());
            PhoneNumber parsed = PhoneNumber.parse(phone.number(), country, Set.of());
            PhoneNumber told = landline ? parsed.withoutSms() : parsed;
            PhoneNumber number = parsed.e164() != null && bad.contains(parsed.e164()) ? told.refused() : told;
            boolean lost = number.e164() == null;
            if (lost || number.problem() != null && !landline) {
                warnings.add(new Invalid("phones[" + numbers.size() + "]", "phone." + number.problem(), phone.number(), country));
            }
            if (lost) {
                useless.add(warnings.get(warnings.size() - 1));
            }
            numbers.add(number);
        }
        for (String raw : state.emails().or(List.of(), List::of)) {
            EmailAddress address = EmailAddress.parse(raw);
            if (!address.usable()) {
                // a shop system has one, and calls it so
                Invalid warning = new Invalid(addresses.isEmpty() ? "email" : "emails[" + addresses.size() + "]", "email.invalid", raw);
                useless.add(warning);
                warnings.add(warning);
            }
            addresses.add(address);
        }
        return new Contacts(List.copyOf(numbers), List.copyOf(addresses), List.copyOf(warnings), useless.stream().findFirst());
    }
}
