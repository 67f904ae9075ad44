package org.carillon.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionTest {

    @ParameterizedTest @DisplayName("LAW-22: the province is what was entered, else what the postal code tells")
    @CsvSource(delimiter = '|', value = {"CA||2805, rue Masson, Montréal (Québec)  H1Y 1W8|QC", "CA| qc |1 Main St, Toronto ON M5V 2T6|QC", "CA||1 Main St, Toronto ON M5V 2T6|ON",
        "CA||110 rue Principale, Gatineau j8x 2k1|QC", "FR||12, rue de Bercy, 75012 Paris|''", "US||H1Y 1W8|''", "CA||Montréal|''", "US|ny||NY"})
    void knowsTheProvince(String country, String given, String address, String expected) { assertEquals(expected, Region.of(country, given, address)); }
}
