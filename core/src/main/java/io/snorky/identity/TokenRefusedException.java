package io.snorky.identity;

/**
 * A token proves nothing. The message is for operators, who find it in the log; peers are only told
 * {@code Not authenticated}.
 */
public final class TokenRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * @param message what is wrong, and what would be right; it must not hold the token
     */
    public TokenRefusedException(String message) {
        super(message);
    }
}
