package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carillon.run.Stack;
import org.carillon.shop.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pages whose journeys are short enough to be walked without a browser: groups, versions and the import of automations, by whom they are for. */
class PagesByHandIT {

    private final Stack stack = House.open();
    private long group;
    private long west;

    private long id(String sql) { return stack.owner().withHandle(h -> h.createQuery(sql).mapTo(Long.class).one()); }

    @BeforeEach void aGroup() {
        west = id("select id from location where code = 'HOUSE-west'");
        group = id("insert into customer_group (ref, name, audience) values ('by-hand', 'Par la main', '[[{\"field\": \"customer.name\", \"operator\": \"contains\", \"value\": \"Ann\"}]]'::jsonb) returning id");
    }

    @AfterEach void clear() {
        stack.owner().useHandle(h -> {
            h.execute("delete from customer_group where ref = 'by-hand'");
            h.execute("update automation set deleted = true, rev = rev + 1, version = version + 1 where name like 'By hand%'");
        });
    }

    private static String shown(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode());
        assertFalse(answer.body().contains("???"), "lacks a word");
        return answer.body();
    }

    @Test @DisplayName("SEC-13, B-18: everybody who may open groups reads them; who sees all of the company changes them")
    void showsGroupsToAllAndLetsSomeChangeThem() throws Exception {
        Visitor admin = new Visitor(stack.url()).signedIn(House.email(Role.ADMINISTRATOR));
        Visitor manager = new Visitor(stack.url()).signedIn(House.email(Role.MANAGER, "west"));
        assertTrue(shown(admin.get("/group/list.xhtml")).contains("Par la main"));
        assertTrue(shown(manager.get("/group/list.xhtml")).contains("Par la main"));
        assertTrue(shown(admin.get("/group/edit.xhtml?id=" + group)).contains("id=\"form:save\""));
        String theirs = shown(manager.get("/group/edit.xhtml?id=" + group));
        assertFalse(theirs.contains("id=\"form:save\"") || theirs.contains("id=\"form:delete\"") || theirs.contains("id=\"form:rules\""));
        assertTrue(theirs.contains("Un groupe vaut pour toute l’entreprise."));
        assertEquals(404, manager.get("/group/edit.xhtml").statusCode());
    }

    @Test @DisplayName("B-45: a file tells all that is wrong with it, stays, and becomes a draft whose versions can be read")
    void importsAnAutomation() throws Exception {
        Visitor manager = new Visitor(stack.url()).signedIn(House.email(Role.MANAGER, "west"));
        String page = shown(manager.get("/automation/import.xhtml"));
        String wrong = shown(take(manager, page, "{\"name\": 5, \"colour\": 1, \"locations\": [\"NOWHERE\"], \"schedule\": {\"every\": \"HOUR\"}}", ""));
        for (String path : new String[] {"name", "colour", "location", "schedule.every"}) {
            assertTrue(wrong.contains("<code>" + path + "</code>"), path);
        }
        assertTrue(wrong.contains("\"colour\": 1, \"locations\""), "what was given stays");
        HttpResponse<String> taken = take(manager, page, "{\"name\": \"By hand\", \"state\": \"ACTIVE\", \"schedule\": {\"every\": \"DAY\", \"at\": \"10:00\"}, \"locations\": [\"NOWHERE\"], \"channels\": [\"SMS\"]}", "" + west);
        assertEquals(302, taken.statusCode(), taken::body);
        long automation = id("select a.id from automation a join automation_location w on w.automation_id = a.id where a.name = 'By hand' and a.state = 'DRAFT' and w.location_id = " + west);
        stack.owner().useHandle(h -> h.execute("insert into automation_version select automation_id, 2, 'CHANGED', null, now(), 'Léa', state, 'By hand, later', kind, rules, target, 'WEEKLY', time '09:15', 'TUE', "
            + "opening_hours_only, period_from, period_to, everywhere, places, channels, purpose, drop_past_midnight, texts from automation_version where automation_id = ?", automation));
        String versions = shown(manager.get("/automation/versions.xhtml?id=" + automation));
        assertTrue(versions.contains("<del>By hand</del>") && versions.contains("<ins>By hand, later</ins>") && versions.contains("id=\"versions:all:1:restore\""), "what changed, and the way back");
        assertEquals(404, new Visitor(stack.url()).signedIn(House.email(Role.MANAGER)).get("/automation/versions.xhtml?id=" + automation).statusCode(), "SEC-13");
        assertTrue(shown(manager.get("/automation/list.xhtml")).contains("By hand"));
        shown(manager.get("/automation/history.xhtml?id=" + automation));
    }

    private static HttpResponse<String> take(Visitor who, String page, String json, String place) throws Exception {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("import", "import");
        form.put("import:text", json);
        form.put("import:place_input", place);
        form.put("import:take", "import:take");
        form.put("primefaces.nonce", Visitor.nonce(page));
        form.put("jakarta.faces.ViewState", Visitor.viewState(page));
        return who.post("/automation/import.xhtml", form);
    }
}
