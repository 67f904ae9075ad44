package org.carillon.web.staff;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.fact.ApplicationClock;
import org.carillon.shop.Place;
import org.carillon.shop.Places;
import org.carillon.shop.Role;
import org.carillon.shop.Scope;
import org.carillon.shop.Staff;
import org.carillon.shop.StaffDesk;
import org.carillon.shop.StaffRegister;
import org.carillon.web.Current;
import org.carillon.web.Links;
import org.carillon.web.Notices;
import org.carillon.web.Panels;
import org.primefaces.PrimeFaces;

/** The team, with a side panel to invite and to change. */
@Named("staffList") @ViewScoped
public class ListPage implements Serializable {

    /** What is being typed. */
    public static class Form implements Serializable {
        private long id;
        private int version;
        private String email;
        private String name;
        private String reference;
        private Role role = Role.ADVISOR;
        private List<Long> locations = new ArrayList<>();

        public boolean isNew() { return id == 0; }
        public String getEmail() { return email; }
        public void setEmail(String email) { this.email = email; }
        public String getName() { return name; }
        public void setName(String name) { this.name = name; }
        public String getReference() { return reference; }
        public void setReference(String reference) { this.reference = reference; }
        public Role getRole() { return role; }
        public void setRole(Role role) { this.role = role; }
        public List<Long> getLocations() { return locations; }
        public void setLocations(List<Long> locations) { this.locations = locations; }
        StaffDesk.Entry entry() { return new StaffDesk.Entry(email, name, reference, role, locations == null ? Set.of() : Set.copyOf(locations)); }
    }

    @Inject private StaffRegister register;
    @Inject private StaffDesk desk;
    @Inject private Places places;
    @Inject private ApplicationClock clock;
    @Inject private Current current;
    @Inject private Links links;
    @Inject private Notices notices;
    private Form form = new Form();
    private String link;

    private transient List<Staff> staff;
    private transient Map<Long, String> names;

    public List<Staff> getStaff() {
        if (staff == null) {
            staff = register.all();
        }
        return staff;
    }

    /** Names of a person's locations, for the list. */
    public String placesOf(Staff person) {
        if (names == null) {
            names = getPlaces().stream().collect(Collectors.toMap(Place::id, Place::name));
        }
        return person.locations().stream().map(names::get).filter(java.util.Objects::nonNull).sorted().collect(Collectors.joining(", "));
    }

    public void start() {
        form = new Form();
        Panels.clear("edit");
    }

    public void open(long id) {
        Panels.clear("edit");
        Staff person = register.find(id).orElseThrow();
        form = new Form();
        form.id = person.id();
        form.version = person.version();
        form.email = person.email();
        form.name = person.name();
        form.reference = person.reference();
        form.role = person.role();
        form.locations = new ArrayList<>(person.locations());
    }

    public void save() {
        act("edit", () -> {
            if (form.isNew()) {
                link = links.invitation(desk.invite(form.entry(), clock.now()));
                PrimeFaces.current().executeScript("PF('panel').hide();PF('link').show()");
            } else {
                desk.edit(form.id, form.version, form.entry());
                notices.done("staff", "list.saved", form.name);
                PrimeFaces.current().executeScript("PF('panel').hide()");
            }
        });
    }

    public void inviteAgain(long id) {
        act("list", () -> {
            link = links.invitation(desk.inviteAgain(id, clock.now()));
            PrimeFaces.current().executeScript("PF('link').show()");
        });
    }

    public void disable(Staff person) {
        act("list", () -> {
            desk.disable(person.id(), current.getId());
            notices.done("staff", "list.disabled", person.name());
        });
    }

    public void enable(Staff person) {
        act("list", () -> {
            desk.enable(person.id());
            notices.done("staff", "list.enabled", person.name());
        });
    }

    private void act(String formId, Runnable deed) {
        if (notices.attempt(formId, deed)) {
            staff = null;
        }
    }

    public List<Place> getPlaces() { return places.in(Scope.everything()); }
    public Role[] getRoles() { return Role.values(); }
    public Form getForm() { return form; }
    public String getLink() { return link; }
}
