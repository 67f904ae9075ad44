package org.carillon.shop;

/**
 * The company of this installation.
 *
 * @param language {@code fr} or {@code en}: of customers whose language nobody said
 * @param stopScope what STOP stops: ALL, or AS_ASKED, only offers where it answers one (LAW-16)
 * @param version  of the row; 0 when nothing was entered yet
 */
public record Company(String name, String postalAddress, String language, String stopScope, int version) implements java.io.Serializable {

    static final Company UNNAMED = new Company("", "", "fr", "ALL", 0);
}
