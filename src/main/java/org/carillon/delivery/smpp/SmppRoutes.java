package org.carillon.delivery.smpp;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.Background;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.GatewayMaker;
import org.carillon.delivery.Inbox;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.ReceiptDesk;
import org.carillon.delivery.Setting;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;

/** Makes the gateways of SMPP routes. */
@ApplicationScoped
public class SmppRoutes implements GatewayMaker {

    private static final List<Setting> SETTINGS = List.of(Setting.host("host"), Setting.number("port", "2775", 1, 65535).guarded(), Setting.text("systemId").needed(),
        Setting.secret("password"), Setting.text("systemType"), Setting.text("sender"), Setting.flag("tls").guarded(), Setting.flag("plaintextAllowed").guarded(),
        Setting.number("window", "10", 1, 1000), Setting.rate(), Setting.price("segmentPrice"), Setting.choice("dataCoding", "gsm7", "latin1"),
        Setting.choice("cedilla", "ucs2", "capital"), Setting.choice("longMessages", "udh", "sar", "payload"), Setting.choice("receiptIds", "same", "hexToDecimal", "decimalToHex"),
        Setting.duration("responseTimeout", "PT30S", 0.01, 2_592_000), Setting.duration("enquireLink", "PT30S", 0.01, 2_592_000),
        Setting.duration("validityCap", "PT72H", 1, 2_592_000), Setting.verdicts());

    @Inject private ReceiptDesk desk;
    @Inject private Inbox inbox;
    @Inject private ApplicationClock clock;
    @Inject private Background executor;
    @Resource private ManagedThreadFactory threads;

    @Override public Protocol protocol() { return Protocol.SMPP; }

    @Override public Channel channel() { return Channel.SMS; }

    @Override public List<Setting> settings() { return SETTINGS; }

    @Override public Gateway start(String route, Function<String, Optional<String>> given) {
        SmppGateway gateway = new SmppGateway(route, SmppSettings.read(given), desk, inbox, clock::now);
        gateway.start(executor, threads, (SSLSocketFactory) SSLSocketFactory.getDefault());
        return gateway;
    }
}
