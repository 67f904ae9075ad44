package org.carillon.web;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.carillon.shop.Role;

/**
 * The page folders, who may open them and where they stand in the menu: the one table of page access. A folder that is not here does not exist.
 * The menu shows a section when its first page is there.
 */
public enum Section {
    HOME("home", "view", Group.TOP, "pi-home", Role.values()),
    ORDER("order", "list", Group.WORKSHOP, "pi-wrench", Role.ADMINISTRATOR, Role.MANAGER, Role.ADVISOR),
    LEAD("lead", "list", Group.WORKSHOP, "pi-user-plus", Role.ADMINISTRATOR, Role.MANAGER, Role.ADVISOR),
    APPOINTMENT("appointment", "calendar", Group.WORKSHOP, "pi-calendar", Role.ADMINISTRATOR, Role.MANAGER, Role.ADVISOR),
    CUSTOMER("customer", "list", Group.WORKSHOP, "pi-users", Role.ADMINISTRATOR, Role.MANAGER, Role.ADVISOR),
    GROUP("group", "list", Group.WORKSHOP, "pi-bookmark", Role.ADMINISTRATOR, Role.MANAGER),
    MESSAGE("message", "list", Group.MESSAGING, "pi-send", Role.ADMINISTRATOR, Role.MANAGER, Role.ADVISOR),
    RECEIVED("received", "list", Group.MESSAGING, "pi-inbox", Role.ADMINISTRATOR, Role.MANAGER, Role.ADVISOR),
    PLANNED("planned", "list", Group.MESSAGING, "pi-clock", Role.ADMINISTRATOR, Role.MANAGER, Role.ADVISOR),
    AUTOMATION("automation", "list", Group.MESSAGING, "pi-bolt", Role.ADMINISTRATOR, Role.MANAGER),
    TEMPLATE("template", "list", Group.MESSAGING, "pi-file-edit", Role.ADMINISTRATOR, Role.MANAGER),
    REPUTATION("reputation", "list", Group.MESSAGING, "pi-shield", Role.ADMINISTRATOR, Role.MANAGER, Role.OPERATOR),
    NOTIFICATION("notification", "list", Group.SETTINGS, "pi-bell", Role.ADMINISTRATOR, Role.MANAGER),
    STATUS("status", "list", Group.SETTINGS, "pi-tags", Role.ADMINISTRATOR),
    TYPE("type", "list", Group.SETTINGS, "pi-sliders-h", Role.ADMINISTRATOR),
    ATTRIBUTE("attribute", "list", Group.SETTINGS, "pi-list", Role.ADMINISTRATOR),
    LOCATION("location", "list", Group.SETTINGS, "pi-map-marker", Role.ADMINISTRATOR, Role.MANAGER),
    COMPANY("company", "edit", Group.SETTINGS, "pi-building", Role.ADMINISTRATOR),
    PRIVACY("privacy", "edit", Group.SETTINGS, "pi-lock", Role.ADMINISTRATOR),
    STAFF("staff", "list", Group.SETTINGS, "pi-id-card", Role.ADMINISTRATOR),
    TOKEN("token", "list", Group.SETTINGS, "pi-key", Role.ADMINISTRATOR, Role.OPERATOR),
    BACKLOG("backlog", "view", Group.NONE, "pi-inbox", Role.ADMINISTRATOR, Role.MANAGER, Role.OPERATOR),
    /** The bell of the top bar leads there. */
    ALERT("alert", "list", Group.NONE, "pi-bell", Role.ADMINISTRATOR, Role.MANAGER, Role.ADVISOR),
    ROUTE("route", "list", Group.SETTINGS, "pi-directions", Role.ADMINISTRATOR, Role.OPERATOR),
    /** What the house promises, and the states of a message. */
    MANUAL("manual", "view", Group.NONE, "pi-book", Role.values()),
    PROFILE("profile", "edit", Group.NONE, "pi-user", Role.values());

    /** Parts of the menu, in order. */
    public enum Group { TOP, WORKSHOP, MESSAGING, SETTINGS, NONE }

    private final String folder;
    private final String firstPage;
    private final Group group;
    private final String icon;
    private final Set<Role> roles;

    Section(String folder, String firstPage, Group group, String icon, Role... roles) {
        this.folder = folder;
        this.firstPage = firstPage;
        this.group = group;
        this.icon = icon;
        this.roles = EnumSet.copyOf(Arrays.asList(roles));
    }

    /** The section of a path such as {@code /order/list.xhtml}. */
    public static Optional<Section> of(String path) {
        return Arrays.stream(values()).filter(section -> path.startsWith("/" + section.folder + "/")).findFirst();
    }

    public boolean admits(Role role) { return roles.contains(role); }

    public String getFolder() { return folder; }

    /** Address of the first page, below the context. */
    public String getPath() { return "/" + folder + "/" + firstPage + ".xhtml"; }

    public Group getGroup() { return group; }

    public String getIcon() { return icon; }
}
