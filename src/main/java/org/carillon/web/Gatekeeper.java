package org.carillon.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.carillon.shop.Person;

/**
 * Lets through what the table of {@link Section} admits. A stranger is sent to the sign-in, a person of the wrong role gets 403, and an address
 * that is no page gets 404, so that nothing is served by accident (SEC-02).
 */
public class Gatekeeper extends HttpFilter {

    private static final Pattern PAGE = Pattern.compile("/[a-z]+/[a-z]+\\.xhtml");
    /** Resources of Faces come from a library and carry a plain name: no way out of it, no other sources of input. */
    private static final Pattern RESOURCE = Pattern.compile("/jakarta\\.faces\\.resource/[A-Za-z0-9_][A-Za-z0-9_./-]*\\.xhtml");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_.\\-]*");

    /** What PrimeFaces puts into every form; without it, it fails while rendering. */
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9+/=]{16,128}");

    @Inject
    private transient Current current;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        String path = Paths.of(request);
        if (Paths.isMachine(path)) {
            chain.doFilter(request, response);
        } else if (Paths.isResource(path)) {
            if (isHarmless(request, path)) {
                chain.doFilter(request, response);
            } else {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        } else if (path.isEmpty() || path.equals("/")) {
            response.sendRedirect(request.getContextPath() + current.person().map(person -> home(request.getServletContext(), person)).orElse("/open/signin.xhtml"));
        } else {
            page(request, response, chain, path);
        }
    }

    private void page(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String path) throws IOException, ServletException {
        Optional<Section> section = Section.of(path);
        if (!PAGE.matcher(path).matches() || request.getServletContext().getResource(path) == null || section.isEmpty() && !Paths.isOpen(path)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (section.isEmpty()) {
            pass(request, response, chain);
        } else if (!current.isSignedIn()) {
            toSignIn(request, response);
        } else if (!section.get().admits(current.getRole())) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            pass(request, response, chain);
        }
    }

    /** Pages are of the moment and of one person: no cache keeps them. */
    private static void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        response.setHeader("Cache-Control", "no-store");
        request.setCharacterEncoding(StandardCharsets.UTF_8.name());
        boolean form = request.getParameter("jakarta.faces.ViewState") != null;
        if (form && (!"POST".equals(request.getMethod()) || !NONCE.matcher(String.valueOf(request.getParameter("primefaces.nonce"))).matches())) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);  // no page of ours sends that
            return;
        }
        chain.doFilter(request, response);
    }

    private static void toSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String ended = "GET".equals(request.getMethod()) ? "" : "&ended=true";  // a form of somebody who was signed in
        String target = request.getContextPath() + "/open/signin.xhtml?to=" + URLEncoder.encode(Paths.shown(request), StandardCharsets.UTF_8) + ended;
        if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
            response.setContentType("text/xml;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.getWriter().write("<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\"" + target.replace("&", "&amp;") + "\"/></partial-response>");
        } else {
            response.sendRedirect(target);
        }
    }

    private static boolean isHarmless(HttpServletRequest request, String path) {
        return RESOURCE.matcher(path).matches() && !path.contains("..") && !path.contains("//") && request.getParameter("pfdrt") == null
            && request.getParameter("loc") == null && request.getParameterMap().values().stream().flatMap(Arrays::stream)
                .allMatch(value -> PARAMETER.matcher(value).matches() && !value.contains(".."));
    }

    /** The first page of the menu that exists and that this person may open. */
    static String home(ServletContext context, Person person) {
        return Arrays.stream(Section.values()).filter(section -> section.admits(person.role())).map(Section::getPath).filter(path -> {
            try {
                return context.getResource(path) != null;
            } catch (java.net.MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }).findFirst().orElse("/profile/edit.xhtml");
    }
}
