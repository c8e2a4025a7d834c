package io.snorky.datasync;

import java.util.random.RandomGenerator;

/** Makes the tokens of subscriptions: 32 characters of {@code a–z} and {@code 0–9}. */
final class Tokens {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 32;

    private final RandomGenerator random;

    Tokens(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        var token = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }
}
