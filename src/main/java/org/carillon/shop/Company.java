package org.carillon.shop;

/**
 * The company of this installation.
 *
 * @param language {@code fr} or {@code en}: of customers whose language nobody said
 * @param version  of the row; 0 when nothing was entered yet
 */
public record Company(String name, String postalAddress, String language, int version) implements java.io.Serializable {

    static final Company UNNAMED = new Company("", "", "fr", 0);
}
