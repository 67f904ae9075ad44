package org.carillon.delivery.smpp;

import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;

/** What the library still hands out is nothing that we store, so it stays with the provider. */
final class Refusing implements MessageReceiverListener {

    @Override
    public void onAcceptDeliverSm(DeliverSm pdu) throws ProcessRequestException { throw refusal(); }

    @Override
    public DataSmResult onAcceptDataSm(DataSm pdu, Session source) throws ProcessRequestException { throw refusal(); }

    @Override
    public void onAcceptAlertNotification(AlertNotification pdu) { }

    private static ProcessRequestException refusal() { return new ProcessRequestException("not taken", SMPPConstant.STAT_ESME_RX_T_APPN); }
}
