package io.snorky.examples.calculator;

import java.util.stream.IntStream;

/** Counts primes the slow way, so that there is something to wait for. */
final class Primes {

    private Primes() {}

    /** How many there are from the first number up to the one before the second. */
    static int between(int from, int to) {
        return (int) IntStream.range(from, to).filter(Primes::isPrime).count();
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; (long) divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return number > 1;
    }
}
