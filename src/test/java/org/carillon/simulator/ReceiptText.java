package org.carillon.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.jsmpp.bean.OptionalParameter;

/** A delivery receipt in the form that nearly all providers use (SMPP 3.4 appendix B), with the parameters that say the same. */
final class ReceiptText {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> STATES = List.of("", "ENROUTE", "DELIVRD", "EXPIRED", "DELETED", "UNDELIV", "ACCEPTD", "UNKNOWN", "REJECTD");

    private ReceiptText() { }

    static Delivery of(SmsPart part, Fault fault, Instant now) {
        String state = fault == null || fault.text().isEmpty() ? "DELIVRD" : fault.text();
        String error = fault == null || fault.error().isEmpty() ? state.equals("DELIVRD") ? "000" : "001" : fault.error();
        String id = fault == null ? part.messageId() : switch (fault.id()) {
            case "HEX" -> Long.toHexString(Long.parseLong(part.messageId())).toUpperCase(Locale.ROOT);
            case "FOREIGN" -> "9" + part.messageId();
            default -> part.messageId();
        };
        String beginning = part.text().replaceAll("[^ -~]", "?");
        String text = "id:" + id + " sub:001 dlvrd:" + (state.equals("DELIVRD") ? "001" : "000") + " submit date:" + MINUTES.format(part.receivedAt())
            + " done date:" + MINUTES.format(now) + " stat:" + state + " err:" + error + " text:" + beginning.substring(0, Math.min(20, beginning.length()));
        List<OptionalParameter> parameters = new ArrayList<>();
        parameters.add(new OptionalParameter.Receipted_message_id(id));
        parameters.add(new OptionalParameter.Message_state((byte) Math.max(1, STATES.indexOf(state))));
        if (part.userMessageReference() >= 0) {
            parameters.add(new OptionalParameter.User_message_reference((short) part.userMessageReference()));
        }
        return new Delivery(part.to(), part.from(), Delivery.RECEIPT, (byte) 0, text.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            parameters.toArray(OptionalParameter[]::new), part.connection(), new CompletableFuture<>());
    }
}
