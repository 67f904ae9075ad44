package org.carillon.web.route;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.carillon.delivery.SenderDesk;
import org.carillon.delivery.SenderDesk.HeldSender;
import org.carillon.delivery.SenderDesk.RefusedSender;
import org.carillon.web.Current;
import org.carillon.web.Notices;

/** Senders that are held after one refusal too many (REL-19), and what a person decides about them. */
@Named("heldSenders") @ViewScoped
public class HeldSenders implements Serializable {

    @Inject private SenderDesk desk;
    @Inject private Current current;
    @Inject private Notices notices;
    private transient List<HeldSender> rows;
    private transient List<RefusedSender> refused;

    public List<HeldSender> getRows() {
        if (rows == null) {
            rows = current.getRole().looksAfterRoutes() ? desk.held() : List.of();
        }
        return rows;
    }

    /** Refused by policy several times in a row, and not held yet. */
    public List<RefusedSender> getRefused() {
        if (refused == null) {
            refused = current.getRole().looksAfterRoutes() ? desk.refused() : List.of();
        }
        return refused;
    }

    public void release(HeldSender held) { done("senders.released", desk.release(held.route(), held.sender(), current.person().orElseThrow())); }

    public void discard(HeldSender held) { done("senders.discarded", desk.discard(held.route(), held.sender(), current.person().orElseThrow())); }

    private void done(String key, int messages) {
        notices.done("route", key, messages);
        rows = null;
        refused = null;
    }
}
