package org.carillon.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jakarta.json.Json;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider's side as a client on the wire sees it. */
class SmppServerTest {

    private static final String PHONE = "15145550199";

    @TempDir
    private Path folder;
    private Simulator simulator;
    private SMPPSession client;
    private final BlockingQueue<DeliverSm> received = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(Simulator.Settings.anyPorts().withLog(folder.resolve("submits.log")));
        client = bind("chime");
    }

    @AfterEach
    void stop() throws IOException {
        client.unbindAndClose();
        simulator.close();
    }

    @Test
    void takesATextAndSaysThatItWasDelivered() throws Exception {
        String id = submit(0, (byte) 0, Alphabet.encode("Votre véhicule est prêt".replace('ê', 'e'), 0), 4711);
        Sms sms = only();
        assertEquals("Votre véhicule est pret", sms.text());
        assertEquals("CARILLON", sms.from());
        assertEquals("+" + PHONE, sms.to());
        assertEquals(4711, sms.parts().get(0).userMessageReference());
        assertEquals("000000010000000R", sms.parts().get(0).validityPeriod());
        DeliverSm receipt = received.poll(5, TimeUnit.SECONDS);
        assertTrue(receipt.isSmscDeliveryReceipt());
        assertEquals(id, ((OptionalParameter.Receipted_message_id) receipt.getOptionalParameter(OptionalParameter.Tag.RECEIPTED_MESSAGE_ID)).getValueAsString());
        assertTrue(new String(receipt.getShortMessage(), StandardCharsets.US_ASCII).startsWith("id:" + id + " sub:001 dlvrd:001"));
        assertEquals(PHONE, receipt.getSourceAddr());
    }

    @Test
    void putsALongTextTogetherInAnyOrder() throws Exception {
        submit(0x40, (byte) 8, part(7, 2, 2, "demain à 9 h ✓"), 2);
        assertFalse(only().complete());
        submit(0x40, (byte) 8, part(7, 2, 1, "Prêt "), 1);
        assertTrue(only().complete());
        assertEquals("Prêt demain à 9 h ✓", only().text());
        assertEquals(2, only().segments());
        assertEquals("050003070202", only().parts().get(0).udh());
    }

    @Test
    void keepsEveryCharacterOfTheAlphabetWithTheCommercialAtAsZero() throws Exception {
        String all = "@£$èéùìòÇØøÅå_ΔΦ€{}[]~\\|^";
        byte[] bytes = Alphabet.encode(all, 0);
        assertEquals(0, bytes[0]);
        submit(0, (byte) 0, bytes, 1);
        assertEquals(all, only().text());
        assertEquals(java.util.HexFormat.of().formatHex(bytes), only().parts().get(0).hex());
    }

    @Test
    void refusesAWrongPassword() throws IOException {
        assertThrows(IOException.class, () -> bind("wrong").close());
    }

    @Test
    void answersAsTheFaultWantsAndOnlySoOften() throws Exception {
        fault("{'kind':'error','status':'0x58','times':1}");
        NegativeResponseException refused = assertThrows(NegativeResponseException.class, () -> submit(0, (byte) 0, "x".getBytes(StandardCharsets.US_ASCII), 1));
        assertEquals(0x58, refused.getCommandStatus());
        assertTrue(simulator.phones().receivedBy(PHONE).isEmpty());
        submit(0, (byte) 0, "x".getBytes(StandardCharsets.US_ASCII), 1);
        assertEquals("x", only().text());
        assertEquals(List.of(0x58, 0), SubmitLog.read(folder.resolve("submits.log")).stream().map(SubmitLog.Line::answer).toList());
    }

    @Test
    void canTakeAMessageAndNeverAnswer() throws Exception {
        client.setTransactionTimer(300);
        fault("{'kind':'silence','times':1}");
        assertThrows(ResponseTimeoutException.class, () -> submit(0, (byte) 0, "x".getBytes(StandardCharsets.US_ASCII), 1));
        assertEquals("x", only().text());
    }

    @Test
    void canCutTheLineAfterTakingAMessageAndSendsTheReceiptLater() throws Exception {
        fault("{'kind':'disconnect','times':1}");
        assertThrows(Exception.class, () -> submit(0, (byte) 0, "x".getBytes(StandardCharsets.US_ASCII), 1));
        assertEquals("x", only().text());
        client.close();
        client = bind("chime");
        assertTrue(received.poll(5, TimeUnit.SECONDS).isSmscDeliveryReceipt());
    }

    @Test
    void canRefuseABindAndNackASubmit() throws Exception {
        fault("{'kind':'bind','status':14,'times':1}");
        assertThrows(IOException.class, () -> bind("chime"));
        fault("{'kind':'nack','status':3,'times':1}");
        assertThrows(Exception.class, () -> submit(0, (byte) 0, "x".getBytes(StandardCharsets.US_ASCII), 1));
        assertTrue(simulator.phones().receivedBy(PHONE).isEmpty());
    }

    @Test
    void canDoubleReceiptsAndReportFailure() throws Exception {
        fault("{'kind':'receipt','text':'UNDELIV','error':'011','copies':2,'millis':10}");
        submit(0, (byte) 0, "x".getBytes(StandardCharsets.US_ASCII), 1);
        for (int i = 0; i < 2; i++) {
            assertTrue(new String(received.poll(5, TimeUnit.SECONDS).getShortMessage(), StandardCharsets.US_ASCII).contains("stat:UNDELIV err:011"));
        }
        assertEquals(null, received.poll(600, TimeUnit.MILLISECONDS));
    }

    @Test
    void sendsTheReceiptBeforeTheAnswerWhenTold() throws Exception {
        fault("{'kind':'receipt','early':true}");
        fault("{'kind':'delay','millis':1500}");
        Thread submitting = new Thread(() -> {
            try {
                submit(0, (byte) 0, "x".getBytes(StandardCharsets.US_ASCII), 1);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        submitting.start();
        assertTrue(received.poll(5, TimeUnit.SECONDS).isSmscDeliveryReceipt());
        assertTrue(submitting.isAlive(), "the answer came first");
        submitting.join();
    }

    @Test
    void throttlesBeyondTheAllowedRate() {
        fault("{'kind':'throttle','perSecond':5}");
        long refused = 0;
        for (int i = 0; i < 40; i++) {
            try {
                submit(0, (byte) 0, "x".getBytes(StandardCharsets.US_ASCII), 1);
            } catch (NegativeResponseException e) {
                refused++;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        assertTrue(refused >= 20, refused + " refused");
    }

    @Test
    void carriesWhatACustomerWritesInOneOrSeveralParts() throws Exception {
        simulator.write("+" + PHONE, "CARILLON", "Oui, merci").get(5, TimeUnit.SECONDS);
        DeliverSm reply = received.poll(5, TimeUnit.SECONDS);
        assertEquals("Oui, merci", Alphabet.decode(reply.getShortMessage(), reply.getDataCoding()));
        assertEquals(PHONE, reply.getSourceAddr());
        assertEquals("CARILLON", reply.getDestAddress());
        simulator.write("+" + PHONE, "CARILLON", "ê".repeat(100)).get(5, TimeUnit.SECONDS);
        assertEquals(2, received.size());
        assertEquals(2 * 6 + 200, received.stream().mapToInt(part -> part.getShortMessage().length).sum());
    }

    private SMPPSession bind(String password) throws IOException {
        SMPPSession session = new SMPPSession();
        session.setTransactionTimer(5_000);
        session.setMessageReceiverListener(new MessageReceiverListener() {
            @Override
            public void onAcceptDeliverSm(DeliverSm message) { received.add(message); }

            @Override
            public void onAcceptAlertNotification(AlertNotification alert) { }

            @Override
            public DataSmResult onAcceptDataSm(DataSm data, Session source) { return null; }
        });
        session.connectAndBind("127.0.0.1", simulator.smpp().port(), new BindParameter(BindType.BIND_TRX, Simulator.SYSTEM_ID, password, "",
            TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, null));
        return session;
    }

    private String submit(int esmClass, byte coding, byte[] message, int reference) throws InvalidResponseException, Exception {
        return client.submitShortMessage("", TypeOfNumber.ALPHANUMERIC, NumberingPlanIndicator.UNKNOWN, "CARILLON", TypeOfNumber.INTERNATIONAL,
            NumberingPlanIndicator.ISDN, PHONE, new ESMClass(esmClass), (byte) 0, (byte) 0, null, "000000010000000R",
            new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE), (byte) 0, new RawDataCoding(coding), (byte) 0, message,
            new OptionalParameter.User_message_reference((short) reference)).getMessageId();
    }

    private static byte[] part(int reference, int parts, int part, String text) {
        byte[] body = Alphabet.encode(text, Alphabet.UCS2);
        byte[] data = new byte[6 + body.length];
        System.arraycopy(new byte[] {5, 0, 3, (byte) reference, (byte) parts, (byte) part}, 0, data, 0, 6);
        System.arraycopy(body, 0, data, 6, body.length);
        return data;
    }

    private void fault(String json) {
        simulator.faults().add(Fault.of(Json.createReader(new java.io.StringReader(json.replace('\'', '"'))).readObject()));
    }

    private Sms only() {
        List<Sms> all = simulator.phones().receivedBy("+" + PHONE);
        assertEquals(1, all.size());
        return all.get(0);
    }
}
