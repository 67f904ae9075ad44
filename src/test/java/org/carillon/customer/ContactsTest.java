package org.carillon.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("MSG-08: a number that cannot be used is named, whatever else is said of it")
class ContactsTest {

    private static Contacts read(List<PhoneState> phones, String... emails) {
        return Contacts.read(new CustomerState(Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.absent(), Given.of(phones), Given.of(List.of(emails)),
            Given.absent(), null), "CA", Set.of("+15145550100"));
    }

    private static PhoneState phone(String number, Boolean mobile) { return new PhoneState(number, mobile); }

    private static List<String> warnings(Contacts contacts) { return contacts.warnings().stream().map(w -> w.field() + " " + w.key()).toList(); }

    private static String refused(Contacts contacts) { return contacts.refused().map(Invalid::field).orElse("nothing"); }

    @Test void namesAnUnreadableNumberThatIsNoMobile() {
        Contacts contacts = read(List.of(phone("123", false)));
        assertEquals(List.of("phones[0] phone.INVALID"), warnings(contacts));
        assertEquals("phones[0]", refused(contacts));
    }

    @Test void saysNothingOfALandlineThatIsCalledOne() {
        Contacts contacts = read(List.of(phone("+33 1 42 68 53 00", false)));
        assertEquals(List.of(), warnings(contacts));
        assertEquals("nothing", refused(contacts));
    }

    @Test void blamesTheFirstContactThatNobodyCanUse() {
        Contacts contacts = read(List.of(phone("+33 1 42 68 53 00", null)), "sophie@example.net", "sophie@");
        assertEquals(List.of("phones[0] phone.FIXED_LINE", "emails[1] email.invalid"), warnings(contacts));
        assertEquals("emails[1]", refused(contacts));
    }

    @Test void namesANumberThatTheProviderRefused() {
        assertEquals(List.of("phones[0] phone.NUMBER_UNUSABLE"), warnings(read(List.of(phone("514 555-0100", true)))));
        assertEquals(PhoneProblem.NUMBER_UNUSABLE, read(List.of(phone("514 555-0100", false))).numbers().get(0).problem());
    }

    @Test void callsTheOnlyAddressOfAShopSystemByItsProperty() { assertEquals("email", refused(read(List.of(), "sophie@"))); }

    @Test void keepsTheOrderOfTheStatement() {
        Contacts contacts = read(Arrays.asList(phone("514 555-0199", true), phone("123", null)), "a@example.net");
        assertEquals("+15145550199", contacts.numbers().get(0).e164());
        assertEquals("phones[1]", refused(contacts));
        assertEquals("a@example.net", contacts.addresses().get(0).address());
    }
}
