package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** REL-21: what is more urgent first, and nobody waits for ever behind the others. */
class SharesTest {

    private DeliveryFixture shop;

    @BeforeEach void open() {
        shop = new DeliveryFixture();
        shop.sms.keep = false;
    }

    private long location(String code) {
        return shop.jdbi.withHandle(h -> h.createQuery("insert into location (code, name, zone, country, language) values (?, ?, 'America/Toronto', 'CA', 'fr') returning id")
            .bind(0, code).bind(1, code).mapTo(Long.class).one());
    }

    private void enqueue(long location, Purpose purpose, int count) {
        List<NewMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(new NewMessage(null, 1, 1, null, location, shop.customer, Subject.order(7), null, Channel.SMS, purpose,
                String.format(Locale.ROOT, "+1514556%04d", i), "", "", purpose + " " + location, shop.now().plus(Duration.ofDays(1)), false));
        }
        shop.outbox.enqueue(messages);
    }

    /** What left, in order: the text names class and place. */
    private List<String> left() {
        List<String> texts = java.util.Collections.synchronizedList(new ArrayList<>());
        shop.sms.answer = o -> {
            texts.add(((Outgoing.Sms) o.content()).text());
            return shop.sms.accept(o);
        };
        shop.sms.window = 1;  // in the order of the submits
        shop.drain();
        return texts;
    }

    @Test @DisplayName("REL-21: a location with 600 messages does not keep 30 others with 2 each waiting behind them")
    void everyLocationGetsItsOwn() {
        enqueue(shop.location, Purpose.MARKETING, 600);
        List<Long> others = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            others.add(location("L" + i));
            enqueue(others.get(i), Purpose.MARKETING, 2);
        }
        List<String> texts = left();
        assertEquals(660, texts.size());
        String many = "MARKETING " + shop.location;
        int last = 0;
        for (int i = 0; i < texts.size(); i++) {
            last = texts.get(i).equals(many) ? last : i;
        }
        assertTrue(last < 330, "the last of the others left as number " + last);
    }

    @Test @DisplayName("REL-21: under a flood of urgent messages the classes below still get about a tenth")
    void theClassesBelowGetATenth() {
        enqueue(shop.location, Purpose.TRANSACTIONAL, 400);
        enqueue(shop.location, Purpose.MARKETING, 100);
        List<String> texts = left();
        long among = texts.subList(0, 300).stream().filter(t -> t.startsWith("MARKETING")).count();
        assertTrue(among >= 15 && among <= 60, among + " of 300");
    }

    @Test @DisplayName("REL-21: a tenth, however many a claim takes")
    void isATenthOfAnyClaim() {
        for (int wanted = 1; wanted <= 200; wanted++) {
            Shares shares = new Shares();
            for (int nth = 0; nth < 2; nth++) {
                int below = 0;
                for (int claim = 0; claim < 100; claim++) {
                    below += shares.below("smpp", wanted, nth);
                }
                int claimed = wanted < Shares.TENTH ? 100 : 100 * wanted;  // of few places one in ten claims gives one
                assertTrue(below * 20 >= claimed && below * 10 <= claimed, below + " of " + claimed + " by " + wanted);
            }
        }
    }
}
