package org.carillon.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.smpp.SmppGateway;
import org.carillon.delivery.smpp.SmppSettings;
import org.carillon.fact.Channel;
import org.carillon.simulator.Simulator;
import org.carillon.simulator.Sms;
import org.carillon.template.Alphabet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("MSG-05: long texts, in each way that a provider may take them")
@Timeout(120)
class LongMessagesTest {

    private static final String NUMBER = "+15145550133";
    private final DeliveryFixture shop = new DeliveryFixture();
    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach void rest() { executor.shutdownNow(); }

    private NewMessage sms(String text, SmsTerms terms) {
        NewMessage m = shop.sms(NUMBER, text);
        return new NewMessage(null, 1, 1, null, m.locationId(), m.customerId(), m.subject(), null, m.channel(), m.purpose(), m.recipient(), m.sender(), m.subjectLine(),
            m.text(), m.expiresAt(), false, terms);
    }

    @ParameterizedTest @EnumSource(LongMessages.class)
    @DisplayName("MSG-05: 300 long SMS to one number: no reference comes again within 255, each is put together as it was written, each is delivered")
    void threeHundredToOneNumber(LongMessages mode) throws Exception {
        List<NewMessage> messages = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            messages.add(sms("No " + i + " : " + "votre véhicule est réparé. ".repeat(6 + i % 12), new SmsTerms(Alphabet.GSM7, mode, null)));
        }
        List<Long> ids = shop.outbox.enqueue(messages);
        try (Simulator simulator = Simulator.start(Simulator.Settings.anyPorts())) {
            Map<String, String> given = new HashMap<>();
            simulator.settings().forEach((name, value) -> given.put(name.replace("carillon.smpp.", ""), value));
            SmppGateway gateway = new SmppGateway(SmppSettings.read(name -> Optional.ofNullable(given.get(name))), shop.receipts, text -> { }, shop.clock::now);
            gateway.start(executor, Executors.defaultThreadFactory(), (SSLSocketFactory) SSLSocketFactory.getDefault());
            Dispatcher dispatcher = shop.dispatcher(shop.node, gateway);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            while (shop.count("select count(*) from message where state = 'DELIVERED'") < 300 && System.nanoTime() < until) {
                dispatcher.drain(Channel.SMS);
                shop.sweeper.rematch();
                Thread.sleep(50);
            }
            gateway.stop();
            List<Sms> arrived = simulator.phones().receivedBy(NUMBER);
            assertEquals(messages.stream().map(NewMessage::text).sorted().toList(), arrived.stream().map(Sms::text).sorted().toList());
            assertTrue(arrived.stream().allMatch(Sms::complete));
            assertEquals(0, arrived.stream().mapToInt(Sms::doubles).sum());
        }
        assertEquals(300, shop.count("select count(*) from message where state = 'DELIVERED'"));
        assertEquals(shop.count("select sum(parts) from message"), shop.count("select count(*) from attempt"));
        assertEquals(300, shop.count("select count(*) from message where segments between 2 and 4"));
        if (mode == LongMessages.PAYLOAD) {
            assertEquals(300, shop.count("select count(*) from attempt"), "one submit each, though its segments count");
            assertEquals(0, shop.count("select count(*) from message_part"));
        } else {
            assertReferencesRest(ids);
        }
    }

    private void assertReferencesRest(List<Long> ids) {
        Map<Long, Integer> references = shop.jdbi.withHandle(h -> h.createQuery("select distinct message_id, concat_ref from message_part").map((r, c) ->
            Map.entry(r.getLong(1), r.getInt(2))).list()).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Map<Integer, Integer> last = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            Integer before = last.put(references.get(ids.get(i)), i);
            assertTrue(before == null || i - before > 255, "message " + i + " takes the reference of message " + before);
        }
    }

    @Test @DisplayName("MSG-05, REL-25: a whole text of unknown outcome is one attempt, and its resend is whole again whatever the route says by then")
    void resendsAWholeTextWhole() {
        String text = "Votre appareil est prêt. ".repeat(7);
        long id = shop.enqueue(sms(text, new SmsTerms(Alphabet.GSM7, LongMessages.PAYLOAD, null)));
        shop.sms.answer = o -> shop.sms.count.get() <= 1 ? Submission.unknown("cut") : shop.sms.accept(o);
        shop.drain();
        assertEquals("UNKNOWN", shop.state(id));
        shop.advance(Duration.ofMinutes(6));
        shop.sweep();
        shop.drain();
        assertEquals("ACCEPTED", shop.state(id));
        assertEquals(2, shop.sms.submitted.size());
        shop.sms.submitted.forEach(o -> assertEquals(new Outgoing.Sms(true, text, 0, 1, 1, new SmsTerms(Alphabet.GSM7, LongMessages.PAYLOAD, null)), o.content()));
        assertEquals(1, shop.count("select count(*) from attempt where possible_duplicate"));
        assertEquals(3, shop.count("select segments from message"));
    }
}
