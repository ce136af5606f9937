package io.benchtop.service.http.page;

/** A piece of a page that keeps itself fresh: it asks for itself again and tells what it shows. */
interface Part extends Page {

    /** Digest of what is shown. */
    String seen();
}
