package io.benchtop.modelserver.store;

/** A model version that cannot be served, with a code and a sentence for whoever published it. */
public final class ModelException extends Exception {

    public enum Code {
        LOAD_FAILED,
        SAMPLE_INVALID,
        SAMPLE_FAILED,
        SAMPLE_DIFFERS,
        SIGNATURE_DIFFERS,
        TIMEOUT
    }

    private final Code code;

    public ModelException(Code code, String sentence) {
        super(sentence);
        this.code = code;
    }

    public ModelException(Code code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
