package io.benchtop.service.http.page;

import io.benchtop.service.identity.Role;

/** The places that the navigation leads to; a page belongs to one of them or to none. */
enum Section {
    WORKSPACES("Workspaces", "/", Role.VIEWER),
    EXPERIMENTS("Experiments", "/experiments", Role.DEVELOPER),
    DATASETS("Datasets", "/datasets", Role.VIEWER),
    MODELS("Models", "/models", Role.VIEWER),
    ENDPOINTS("Endpoints", "/endpoints", Role.VIEWER),
    EVERYBODY("All workspaces", "/admin/workspaces", Role.ADMIN),
    USERS("Users", "/admin/users", Role.ADMIN),
    PROFILES("Profiles", "/admin/profiles", Role.ADMIN),
    AUDIT("Audit log", "/admin/audit", Role.ADMIN),
    STATUS("Status", "/admin/status", Role.ADMIN),
    ACCOUNT("Account", "/settings", Role.VIEWER),
    NONE("", "", Role.VIEWER);

    private final String label;
    private final String path;
    private final Role needed;

    Section(String label, String path, Role needed) {
        this.label = label;
        this.path = path;
        this.needed = needed;
    }

    String label() {
        return label;
    }

    String path() {
        return path;
    }

    /** Whether a person of this role is led there from the top of the page. */
    boolean isFor(Role role) {
        return this != NONE && this != ACCOUNT && role.includes(needed);
    }
}
