package org.carillon.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.MalformedURLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.carillon.shop.StaffDesk;

/** What frames every page: the menu, the location switcher, the language, the way out. */
@Named @RequestScoped
public class Shell {

    /** A part of the menu with what this person may see of it. */
    public record Part(String label, List<Section> sections) { }

    private final Current current;
    private final StaffDesk staff;
    private Long location;

    protected Shell() { this(null, null); }

    @Inject
    public Shell(Current current, StaffDesk staff) {
        this.current = current;
        this.staff = staff;
    }

    public List<Part> getMenu() {
        return Arrays.stream(Section.Group.values()).filter(group -> group != Section.Group.NONE)
            .map(group -> new Part("group." + group.name().toLowerCase(Locale.ROOT),
                Arrays.stream(Section.values()).filter(section -> section.getGroup() == group && offers(section)).toList()))
            .filter(part -> !part.sections().isEmpty()).toList();
    }

    /** Whether the search over orders has a page to go to. */
    public boolean isSearchable() { return offers(Section.ORDER); }

    public String getInitials() {
        return Arrays.stream(current.getName().strip().split("\\s+")).limit(2).map(part -> part.substring(0, part.offsetByCodePoints(0, 1)))
            .reduce("", String::concat).toUpperCase(Locale.ROOT);
    }

    public String getOtherLanguage() { return "fr".equals(current.getLanguage()) ? "en" : "fr"; }

    public void switchLanguage() throws IOException {
        String language = getOtherLanguage();
        if (current.isSignedIn()) {
            staff.speak(current.getId(), language);
        }
        ExternalContext outside = outside();
        Language.remember((HttpServletResponse) outside.getResponse(), language, outside.isSecure());
        again();
    }

    public Long getLocation() { return current.getLocationId(); }

    public void setLocation(Long location) { this.location = location; }

    public void chooseLocation() throws IOException {
        current.choose(location);
        again();
    }

    public void signOut() throws IOException {
        outside().invalidateSession();
        outside().redirect(outside().getRequestContextPath() + "/open/signin.xhtml");
    }

    /** The same page once more with what its address asked for, so that a reload repeats nothing. */
    private void again() throws IOException {
        HttpServletRequest request = (HttpServletRequest) outside().getRequest();
        outside().redirect(request.getContextPath() + Paths.shown(request));
    }

    private boolean offers(Section section) {
        try {
            return section.admits(current.getRole()) && outside().getResource(section.getPath()) != null;
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExternalContext outside() { return FacesContext.getCurrentInstance().getExternalContext(); }
}
