package org.carillon.delivery.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.carillon.delivery.Background;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.GatewayMaker;
import org.carillon.delivery.Postmarks;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.Setting;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;

/** Makes the gateways of SMTP routes. */
@ApplicationScoped
public class MailRoutes implements GatewayMaker {

    private static final List<Setting> SETTINGS = List.of(Setting.host("host"), Setting.number("port", "587 / 465 / 25", 1, 65535).guarded(),
        Setting.choice("tls", "starttls", "implicit", "none").guarded(), Setting.flag("plaintextAllowed").guarded(), Setting.text("user"), Setting.secret("password"),
        Setting.text("from"), Setting.number("connections", "4", 1, 100), Setting.rate(), Setting.number("perConnection", "100", 1, 100_000),
        Setting.duration("responseTimeout", "PT60S", 0.01, 600), Setting.duration("idle", "PT20S", 0.01, 600), Setting.verdicts());

    @Inject private ApplicationClock clock;
    @Inject private Postmarks marks;
    @Inject private Background executor;

    @Override public Protocol protocol() { return Protocol.SMTP; }

    @Override public Channel channel() { return Channel.EMAIL; }

    @Override public List<Setting> settings() { return SETTINGS; }

    @Override public Gateway start(String route, Function<String, Optional<String>> given) {
        MailGateway gateway = new MailGateway(route, MailSettings.read(given), clock::now, marks);
        gateway.start(executor, (SSLSocketFactory) SSLSocketFactory.getDefault());
        executor.execute(gateway::tryOnce);
        return gateway;
    }
}
