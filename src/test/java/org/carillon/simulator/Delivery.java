package org.carillon.simulator;

import java.util.concurrent.CompletableFuture;

/**
 * A deliver_sm on its way to the application: a receipt, or a part of what a customer wrote. Kept until it is answered with success.
 *
 * @param preferred the connection to use while it lives; 0 for any
 * @param taken     completes when the application answered with success
 */
record Delivery(String source, String destination, byte esmClass, byte dataCoding, byte[] message, org.jsmpp.bean.OptionalParameter[] parameters,
                int preferred, CompletableFuture<Void> taken) {

    static final byte RECEIPT = 0x04;
    static final byte HEADER = 0x40;

    byte[] pdu(int sequence) throws org.jsmpp.PDUStringException {
        return new org.jsmpp.util.DefaultComposer().deliverSm(sequence, "", ton(source), (byte) 1, digitsOrName(source), ton(destination), (byte) 1,
            digitsOrName(destination), esmClass, (byte) 0, (byte) 0, (byte) 0, dataCoding, message, parameters);
    }

    private static byte ton(String address) { return (byte) (address.matches("\\+?[0-9]+") ? 1 : 5); }

    private static String digitsOrName(String address) { return ton(address) == 1 ? Phones.digits(address) : address; }
}
