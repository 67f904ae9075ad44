package org.carillon.web.automation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.carillon.fact.Invalid;
import org.carillon.web.automation.EditPage.Step;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditPageTest {

    @ParameterizedTest @CsvSource({"name, NAME", "locations, NAME", "fr.sms, MESSAGE", "text, MESSAGE", "groups, CUSTOMERS", "groups[0][1].value, CUSTOMERS", "target, CUSTOMERS", "schedule, TIME", "days, TIME"})
    @DisplayName("A-02: what is still missing is listed under the step where it is mended")
    void namesTheStepWhereItIsMended(String field, Step step) {
        assertEquals(step, new EditPage().of(new Invalid(field, "required")));
    }
}
