package org.carillon.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.delivery.LongMessages;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.carillon.template.Alphabet;
import org.carillon.template.SmsMode;
import org.carillon.template.Translation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("MSG-04: a preview is what would leave")
class SamplesTest {

    private final Shop shop = new Shop();
    private final Samples samples = new Samples(shop.jdbi, new Facts(shop.fields), shop.fields);
    private final long zoe = shop.customer("Zoé", "en", true, "+15145550199");
    private final long order = shop.order(zoe);

    private Samples.Reader reader(String language) { return new Samples.Reader(zoe, Subject.order(order), "Zoé", language, "fr", "CA", SmsMode.TYPO, shop.routing.of(shop.location)); }

    private Optional<Samples.Shown> sms(Map<String, Translation> words, String language) {
        return samples.show(words, Purpose.TRANSACTIONAL, reader(language), Channel.SMS);
    }

    private static Translation says(String sms) { return Translation.of(sms, "", ""); }

    @Test void isTheTextThatTheCustomerGets() {
        String text = "Bonjour {customer.name}, c’est prêt.";
        shop.automation("ORDER_STATUS_CHANGED", "READY", text, "");
        shop.status(order, "READY");
        shop.releaser.releaseDue();
        Samples.Shown shown = sms(Map.of("fr", says(text)), "fr").orElseThrow();
        assertEquals(shop.texts(), List.of("+15145550199 " + shown.text()));
        assertEquals(1, shown.segments());
    }

    @ParameterizedTest @CsvSource({"GSM7,2,true", "GSM7_CEDILLA,1,false", "LATIN1,1,false"})
    @DisplayName("MSG-01, MSG-04, MSG-06: preview and message count in the alphabet of the route")
    void countsInTheAlphabetOfTheRoute(Alphabet route, int segments, boolean ucs2) {
        String text = "Ça y est, {customer.name} : le garçon a reçu votre voiture, et elle est réparée et lavée.";
        shop.terms = new SmsTerms(route, LongMessages.UDH, null);
        shop.automation("ORDER_STATUS_CHANGED", "READY", text, "");
        shop.status(order, "READY");
        shop.releaser.releaseDue();
        Samples.Shown shown = sms(Map.of("fr", says(text)), "fr").orElseThrow();
        assertEquals(segments, shown.segments());
        assertEquals(ucs2, shown.ucs2());
        assertEquals(Map.of("segments", segments, "ucs2", ucs2, "alphabet", route.name(), "parts", segments),
            shop.jdbi.withHandle(h -> h.createQuery("select segments, ucs2, alphabet, parts from message order by id desc limit 1").mapToMap().one()));
    }

    @Test @DisplayName("B-23: the customer's language, else the location's, else any")
    void choosesTheLanguageAsTheReleaserDoes() {
        Map<String, Translation> both = Map.of("fr", says("Bonjour"), "en", says("Hello"));
        assertEquals("Hello", sms(both, "en").orElseThrow().text());
        assertEquals("Bonjour", sms(both, "de").orElseThrow().text());
        assertEquals("Hello", sms(Map.of("fr", Translation.of("", "Objet", "Corps"), "en", says("Hello")), "fr").orElseThrow().text());
        assertTrue(samples.show(both, Purpose.TRANSACTIONAL, reader("fr"), Channel.EMAIL).isEmpty());
    }

    @Test @DisplayName("KI-07, MSG-04: to the person alone nothing is said of an order that they have, as when it leaves; the shop is the person's")
    void saysNothingOfAnOrderToThePersonAlone() {
        Samples.Reader alone = new Samples.Reader(zoe, Subject.customer(zoe), "Zoé", "fr", "fr", "CA", SmsMode.TYPO, shop.routing.of(shop.location));
        assertEquals("Bonjour Zoé, bon inconnu", samples.show(Map.of("fr", says("Bonjour {customer.name}, bon {order.status | inconnu}")), Purpose.TRANSACTIONAL, alone, Channel.SMS).orElseThrow().text());
        assertEquals("order.status", samples.show(Map.of("fr", says("Bon {order.status}")), Purpose.TRANSACTIONAL, alone, Channel.SMS).orElseThrow().missing());
        shop.run("update location set phone = '514 555-0100' where id = " + shop.location);
        String offer = samples.show(Map.of("fr", says("Pneus")), Purpose.MARKETING, true, alone, Channel.EMAIL).map(Samples.Shown::text).orElse("");
        assertEquals("", offer, "no e-mail was written");
        assertTrue(samples.show(Map.of("fr", Translation.of("", "Pneus", "Pneus")), Purpose.MARKETING, true, alone, Channel.EMAIL).orElseThrow().text().contains("514 555-0100"), "how to reach the customer's own location");
    }

    @Test void namesTheFieldForWhichItWouldBeHeldBack() {
        assertEquals("vehicle.make", sms(Map.of("fr", says("Votre {vehicle.make}")), "fr").orElseThrow().missing());
    }

    @Test void listsEveryFieldWhetherItHasAValueOrNot() {
        Map<String, Optional<String>> values = samples.values(reader("fr"), "fr", Channel.SMS);
        assertEquals(shop.fields.codes(), values.keySet());
        assertEquals(Optional.of("Zoé"), values.get("customer.name"));
        assertEquals(shop.fields.codes(), samples.values(null, "fr", Channel.SMS).keySet());
    }
}
