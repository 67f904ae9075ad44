package org.carillon.web.automation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import org.carillon.audience.Audience;
import org.carillon.automation.Library;
import org.carillon.automation.Recipe;
import org.carillon.web.Current;
import org.carillon.web.audience.Sentence;

/** The ready automations, by where the customer stands (KI-48). */
@Named("automationLibrary") @RequestScoped
public class LibraryPage {

    private final Library library;
    private final Current current;

    protected LibraryPage() { this(null, null); }

    @Inject
    public LibraryPage(Library library, Current current) {
        this.library = library;
        this.current = current;
    }

    public List<Recipe.Stage> getStages() { return Arrays.asList(Recipe.Stage.values()); }

    public List<Recipe> recipes(Recipe.Stage stage) { return library.recipes().stream().filter(r -> r.stage() == stage).toList(); }

    /** The three that most shops start with. */
    public List<Recipe> getFavourites() { return library.recipes().stream().filter(r -> List.of("KI-R05", "KI-R06", "KI-R08").contains(r.code())).toList(); }

    public String name(Recipe recipe) { return recipe.names().get(current.getLanguage()); }

    public String about(Recipe recipe) { return recipe.about().get(current.getLanguage()); }

    /** Whom it is for, in words. */
    public Sentence sentence(Audience audience) { return Sentence.of(audience, current.getLanguage()); }
}
