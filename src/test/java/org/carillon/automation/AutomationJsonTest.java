package org.carillon.automation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import java.io.StringReader;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.template.Translation;
import org.junit.jupiter.api.Test;

class AutomationJsonTest {

    private static AudienceAutomation automation(Schedule schedule, Set<Long> locations) {
        return new AudienceAutomation(7, 1, 1, "r", "Six mois", AutomationState.PAUSED, Kind.GENERAL, null, schedule, locations.isEmpty(), locations, Set.of(Channel.SMS), 3L, Purpose.MARKETING,
            Map.of("fr", Translation.of("Bonjour", "", "")), true, null);
    }

    private static void says(String json, AudienceAutomation automation, List<String> codes) {
        assertEquals(Json.createReader(new StringReader(json.replace('\'', '"'))).readObject(), AutomationJson.write(automation, codes));
    }

    @Test
    void writesTheWholeOfIt() {
        says("{'name': 'Six mois', 'state': 'PAUSED', 'kind': 'GENERAL', 'schedule': {'every': 'WEEK', 'at': '10:00', 'days': ['TUE']}, 'locations': ['LAV', 'MTL'], 'channels': ['SMS'], "
            + "'marketing': true, 'dropPastMidnight': true, 'texts': {'fr': {'sms': 'Bonjour', 'subject': '', 'body': ''}}}",
            automation(new Schedule.Weekly(DayOfWeek.TUESDAY, LocalTime.of(10, 0)), Set.of(1L, 2L)), List.of("MTL", "LAV"));
        says("{'name': 'Six mois', 'state': 'PAUSED', 'kind': 'GENERAL', 'schedule': {'every': 'MINUTES', 'openingHours': false, 'from': '09:00', 'to': '19:00', 'days': ['MON']}, 'locations': '*', "
            + "'channels': ['SMS'], 'marketing': true, 'dropPastMidnight': true, 'texts': {'fr': {'sms': 'Bonjour', 'subject': '', 'body': ''}}}",
            automation(new Schedule.RealTime(new Period(false, LocalTime.of(9, 0), LocalTime.of(19, 0), Set.of(DayOfWeek.MONDAY))), Set.of()), List.of());
    }
}
