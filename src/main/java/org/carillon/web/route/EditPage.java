package org.carillon.web.route;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carillon.delivery.Deadlines;
import org.carillon.delivery.GatewayMaker;
import org.carillon.delivery.Gateways;
import org.carillon.delivery.Protocol;
import org.carillon.delivery.Route;
import org.carillon.delivery.RouteDesk;
import org.carillon.delivery.RouteTable;
import org.carillon.delivery.Setting;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.report.RouteFigures;
import org.carillon.shop.Role;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.eclipse.microprofile.config.ConfigProvider;

/** One route: how its provider is reached and spoken to. Secrets go in and never come out. */
@Named("routeEdit") @ViewScoped
public class EditPage implements Serializable {

    @Inject private Current current;
    @Inject private Notices notices;
    @Inject private Gateways gateways;
    @Inject private RouteTable table;
    @Inject private RouteDesk desk;
    @Inject private RouteFigures figures;
    @Inject private ApplicationClock clock;

    private String code;
    private String protocol;
    private boolean fresh;
    private boolean sealed;
    private int version;
    private String title = "";
    private String name;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();

    public void arrive() throws IOException {
        fresh = code == null;
        Optional<Route> stored = fresh ? Optional.empty() : Optional.ofNullable(table.fresh().routes().get(code)).filter(route -> !route.deleted() && !route.builtIn());
        if (fresh ? !isAdministrator() || maker().isEmpty() : stored.isEmpty()) {
            outside().responseSendError(fresh && !isAdministrator() ? 403 : 404, "");
            FacesContext.getCurrentInstance().responseComplete();
            return;
        }
        stored.ifPresent(route -> {
            protocol = route.protocol().name();
            version = route.version();
            sealed = route.sealed() != null;
            name = title = route.name();
            values.putAll(route.settings());
        });
        getSettings().stream().filter(setting -> setting.kind() == Setting.Kind.CHOICE || setting.kind() == Setting.Kind.FLAG)
            .forEach(setting -> values.putIfAbsent(setting.name(), setting.usual()));
    }

    public void save() throws IOException {
        try {
            RouteDesk.Draft draft = new RouteDesk.Draft(name, values, secrets);
            if (fresh) {
                desk.open(current.person().orElseThrow(), code, Protocol.valueOf(protocol), draft);
            } else {
                desk.change(current.person().orElseThrow(), code, version, draft);
            }
            notices.doneThen("route", fresh ? "edit.opened" : "edit.saved");
            outside().redirect("list.xhtml");
        } catch (Invalid refusal) {
            notices.refuse("edit", refusal);
        } finally {
            secrets.clear();
        }
    }

    public void remove() throws IOException {
        try {
            desk.remove(current.person().orElseThrow(), code, version);
            notices.doneThen("route", "edit.removed");
            outside().redirect("list.xhtml");
        } catch (Invalid refusal) {
            notices.refuse("edit", refusal);
        }
    }

    /** How many receipts would not be heard any more if it were deleted now. */
    public long getAwaited() { return fresh ? 0 : figures.awaited(code, clock.now().minus(Deadlines.from(ConfigProvider.getConfig()).receipts())); }

    private Optional<GatewayMaker> maker() { return gateways.makers().stream().filter(maker -> maker.protocol().name().equals(protocol)).findFirst(); }

    private static ExternalContext outside() { return FacesContext.getCurrentInstance().getExternalContext(); }

    /** Those that say where the provider is, and the others. */
    public List<Setting> getSettings() { return maker().map(GatewayMaker::settings).orElse(List.of()); }
    public List<Setting> getAddresses() { return getSettings().stream().filter(setting -> setting.address() || setting.secret() || setting.required()).toList(); }
    public List<Setting> getOthers() { return getSettings().stream().filter(setting -> !getAddresses().contains(setting)).toList(); }
    public List<RouteFigures.Action> getActions() { return fresh ? List.of() : figures.actions(code); }
    public boolean isAdministrator() { return current.person().map(person -> person.role() == Role.ADMINISTRATOR).orElse(false); }
    /** Where the provider is to call, by what for. */
    public Map<String, String> getHooks() { return fresh ? Map.of() : maker().map(maker -> maker.hooks(code)).orElse(Map.of()); }
    /** The provider would call, but nobody said where this installation is reached. */
    public boolean isUnreachable() { return !fresh && "HTTP".equals(protocol) && getHooks().isEmpty(); }
    public boolean isKeepsSecrets() { return desk.keepsSecrets(); }
    public boolean isNew() { return fresh; }
    public boolean isSealed() { return sealed; }
    public String getTitle() { return title; }
    public String getCode() { return code; }
    public void setCode(String code) { this.code = code; }
    public String getProtocol() { return protocol; }
    public void setProtocol(String protocol) { this.protocol = protocol; }
    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
    public Map<String, String> getValues() { return values; }
    public Map<String, String> getSecrets() { return secrets; }
}
