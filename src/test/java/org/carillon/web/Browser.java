package org.carillon.web;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person's browser, headless, at 1440 x 900. Everything waits for what it needs, up to 15 seconds, and never for time to pass. */
public final class Browser implements AutoCloseable {

    private static final Path SCREENS = Path.of("target", "screens");

    private final ChromeDriver driver;
    private final URI base;
    private final List<String> complaints = new ArrayList<>();

    private Browser(ChromeDriver driver, URI base) {
        this.driver = driver;
        this.base = base;
    }

    /** @param language {@code fr} or {@code en}: what the browser asks for */
    public static Browser open(URI base, String language) {
        ChromeOptions options = new ChromeOptions();
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
            "--window-size=1440,900", "--hide-scrollbars", "--force-prefers-reduced-motion", "--lang=" + language);
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        if (System.getenv("CHROME_BIN") != null) {
            options.setBinary(System.getenv("CHROME_BIN"));
        }
        if (System.getenv("CHROMEDRIVER") != null) {
            System.setProperty("webdriver.chrome.driver", System.getenv("CHROMEDRIVER"));
        }
        Browser browser = new Browser(new ChromeDriver(options), base);
        browser.phone(false);
        return browser;
    }

    public Browser go(String path) {
        driver.get(base.resolve(path).toString());
        return settle();
    }

    public Browser signIn(String email, String password) {
        go("/open/signin.xhtml").type("signin:email", email).type("signin:password", password).click("signin:enter");
        return await(d -> !d.getCurrentUrl().contains("/open/signin"));
    }

    /** Clicks the element of that id as soon as it can be clicked, and waits until no request is under way. */
    public Browser click(String id) { return click(By.id(id)); }

    public Browser click(By what) {
        waiting().until(d -> {
            WebElement element = d.findElement(what);
            if (!element.isDisplayed() || !element.isEnabled()) {
                return false;
            }
            try {
                element.click();
                return true;
            } catch (ElementClickInterceptedException covered) {
                // the driver leaves alone what is in the window, even under a bar that sticks to its edge; a person scrolls
                driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
                return false;
            }
        });
        return settle();
    }

    /** Replaces what is in the field. */
    public Browser type(String id, String text) {
        WebElement field = see(By.id(id));
        field.clear();
        field.sendKeys(text);
        return this;
    }

    /** Picks an entry of a PrimeFaces menu as a person does: opens it, clicks the entry. */
    public Browser choose(String id, String label) {
        click(By.cssSelector("#" + id.replace(":", "\\:") + " .ui-selectonemenu-trigger"));
        return click(By.xpath("//div[@id='" + id + "_panel']//li[normalize-space()='" + label + "']"));
    }

    /**
     * Picks an entry of a PrimeFaces autocomplete as a person does: types, waits until what was typed last is answered, and clicks the entry.
     *
     * @param mark what the entry shows beside its label, since others may bear the same name
     */
    public Browser pick(String id, String label, String mark) {
        type(id + "_input", label);
        await(d -> (Boolean) driver.executeScript("var w = PrimeFaces.getWidgetById(arguments[0]); return !w.timeout && !w.querying && $(w.panel).is(':visible')", id));
        click(By.xpath("//*[@id='" + id + "_panel']//tr[@data-item-label='" + label + "'][contains(., '" + mark + "')]"));
        return await(d -> label.equals(d.findElement(By.id(id + "_input")).getDomProperty("value")) && !d.findElement(By.id(id + "_panel")).isDisplayed());
    }

    public WebElement see(By what) {
        return waiting().until(d -> d.findElements(what).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
    }

    public Browser await(Function<WebDriver, Boolean> condition) {
        try {
            waiting().until(condition::apply);
        } catch (org.openqa.selenium.TimeoutException e) {
            throw new AssertionError("it did not come; " + path() + " says: " + text(), e);
        }
        return settle();
    }

    /** Waits for something outside the page, while a request of the page may be under way. */
    public Browser until(Function<WebDriver, Boolean> condition) {
        waiting().until(condition::apply);
        return this;
    }

    /** Waits until the page shows this text. */
    public Browser awaitText(String text) { return await(d -> d.findElement(By.tagName("body")).getText().contains(text)); }

    public String text() { return see(By.tagName("body")).getText(); }

    public String path() { return URI.create(driver.getCurrentUrl()).getPath(); }

    public String title() { return driver.getTitle(); }

    public ChromeDriver driver() { return driver; }

    public Browser dark(boolean dark) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
            Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        return this;
    }

    /** 390 x 844 as on a phone, or 1440 x 900. */
    public Browser phone(boolean phone) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", phone ? 390 : 1440, "height", phone ? 844 : 900, "deviceScaleFactor", 1, "mobile", phone));
        return this;
    }

    /** A picture of the window in {@code target/screens}, to be looked at. */
    public Browser picture(String name) throws IOException {
        Files.createDirectories(SCREENS);
        Files.write(SCREENS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        return this;
    }

    /** What axe finds against WCAG 2.2 AA on the page as it stands. */
    public List<String> barriers() { return found(new AxeBuilder().withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))); }

    /** What axe finds too pale to be read: all that another theme can change. */
    public List<String> contrasts() { return found(new AxeBuilder().withOnlyRules(List.of("color-contrast"))); }

    private List<String> found(AxeBuilder axe) {
        return axe.analyze(driver).getViolations().stream()
            .map(rule -> rule.getId() + " " + rule.getNodes().stream().limit(3).map(node -> node.getHtml() + " " + node.getFailureSummary()).toList()).toList();
    }

    /** What the browser refused by the content security policy, or stumbled over, since it was opened. */
    public List<String> complaints() {
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            String said = entry.getMessage();
            if (said.contains("Content Security Policy") || entry.getLevel() == Level.SEVERE && !said.contains("Failed to load resource")) {
                complaints.add(said);
            }
        }
        return List.copyOf(complaints);
    }

    /** Whether the page is wider than the window. */
    public boolean overflows() { return (Boolean) driver.executeScript("return document.documentElement.scrollWidth > document.documentElement.clientWidth"); }

    @Override public void close() { driver.quit(); }

    private Browser settle() {
        waiting().until(d -> driver.executeScript("return document.readyState === 'complete' && (!window.PrimeFaces || !PrimeFaces.ajax || PrimeFaces.ajax.Queue.isEmpty())"));
        return this;
    }

    private WebDriverWait waiting() {
        WebDriverWait wait = new WebDriverWait(driver, Duration.ofSeconds(15), Duration.ofMillis(50));
        wait.ignoring(StaleElementReferenceException.class).ignoring(NoSuchElementException.class);
        return wait;
    }
}
