package org.carillon.template;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.HashMap;
import java.util.Map;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;

/**
 * A text of the company with its purpose and its translations by language. Each change is a new revision, whose state {@link Versions} keeps (P-37);
 * a deleted one comes back by being restored.
 */
@Entity @Table(name = "template")
public class Template {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "template")
    @SequenceGenerator(name = "template", sequenceName = "template_id_seq", allocationSize = 50)
    private Long id;
    private String name;
    @Enumerated(EnumType.STRING)
    private Purpose purpose;
    @ElementCollection
    @CollectionTable(name = "template_translation", joinColumns = @JoinColumn(name = "template_id"))
    @MapKeyColumn(name = "language")
    private Map<String, Translation> translations = new HashMap<>();
    @Enumerated(EnumType.STRING)
    private Signature signature = Signature.NEVER;
    private boolean deleted;
    /** Of one automation alone: made, changed and deleted with it. */
    private boolean own;
    private int revision;
    @Column(name = "version") @Version
    private int version;

    protected Template() { }

    static Template draft() { return new Template(); }

    boolean says(String name, Purpose purpose, Map<String, Translation> translations) {
        return name.equals(this.name) && purpose == this.purpose && translations.equals(this.translations);
    }

    void become(String name, Purpose purpose, Map<String, Translation> translations) {
        revision++;
        deleted = false;
        this.name = name;
        this.purpose = purpose;
        if (!this.translations.equals(translations)) {
            this.translations.clear();
            this.translations.putAll(translations);
        }
    }

    void sign(Signature signature) { this.signature = signature; }

    void delete() {
        revision++;
        deleted = true;
    }

    /** Its present state counts as the first version: it was written before versions were kept. */
    void found() { revision = 1; }

    /** Whether there is a text for the channel in some language; the customer's language falls back to another one (B-23). */
    public boolean speaks(Channel channel) { return translations.values().stream().anyMatch(t -> t.speaks(channel)); }

    /** The same in one language, which some places' law asks for (LAW-22). */
    public boolean speaks(Channel channel, String language) { return translations.containsKey(language) && translations.get(language).speaks(channel); }

    public Long id() { return id; }
    public String name() { return name; }
    public Purpose purpose() { return purpose; }
    public Map<String, Translation> translations() { return Map.copyOf(translations); }
    public Signature signature() { return signature; }
    public boolean deleted() { return deleted; }
    public boolean own() { return own; }
    /** Number of the version that stands, 0 where none was kept yet. */
    public int revision() { return revision; }
    public int version() { return version; }
}
