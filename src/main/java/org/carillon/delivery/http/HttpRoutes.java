package org.carillon.delivery.http;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.carillon.delivery.Background;
import org.carillon.delivery.Gateway;
import org.carillon.delivery.GatewayMaker;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.Setting;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Channel;
import org.carillon.fact.PublicUrl;
import org.eclipse.microprofile.config.Config;

/** Makes the gateways of HTTP routes. {@code carillon.http.localAllowed}: providers within the network of this machine may be called (SEC-11); no page says so. */
@ApplicationScoped
public class HttpRoutes implements GatewayMaker {

    private static final List<Setting> SETTINGS = List.of(Setting.url("url"), Setting.text("accountSid").needed(), Setting.secret("authToken").needed(), Setting.secret("secondToken"),
        Setting.text("sender"), Setting.text("messagingService"), Setting.number("window", "10", 1, 1000), Setting.rate(), Setting.price("segmentPrice"),
        Setting.duration("responseTimeout", "PT10S", 0.01, 60), Setting.duration("validityCap", "PT10H", 1, 604_800), Setting.verdicts());

    @Inject private ApplicationClock clock;
    @Inject private Config config;
    @Inject private Background executor;
    @Resource private ManagedThreadFactory threads;

    @Override public Protocol protocol() { return Protocol.HTTP; }

    @Override public Channel channel() { return Channel.SMS; }

    @Override public List<Setting> settings() { return SETTINGS; }

    @Override public Map<String, String> hooks(String route) {
        String url = PublicUrl.of(config);
        Map<String, String> hooks = new LinkedHashMap<>();
        List.of(Hook.Kind.INBOUND, Hook.Kind.STATUS).forEach(kind -> hooks.put(kind.name(), Hook.address(url, route, kind)));
        return url.isEmpty() ? Map.of() : hooks;
    }

    @Override public Gateway start(String route, Function<String, Optional<String>> given) {
        HttpGateway gateway = new HttpGateway(route, HttpSettings.read(given, PublicUrl.of(config),
            config.getOptionalValue("carillon.http.localAllowed", Boolean.class).orElse(false)), clock::now);
        try {
            gateway.start(executor, threads, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return gateway;
    }
}
