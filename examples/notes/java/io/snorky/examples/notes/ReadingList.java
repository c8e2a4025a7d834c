package io.snorky.examples.notes;

import java.util.List;

/** What there is to import. */
final class ReadingList {

    static final List<String> BOOKS =
            List.of(
                    "Middlemarch",
                    "The Odyssey",
                    "Pride and Prejudice",
                    "Don Quixote",
                    "The Tale of Genji",
                    "Moby-Dick",
                    "Anna Karenina",
                    "Things Fall Apart",
                    "One Hundred Years of Solitude",
                    "The Trial",
                    "Mrs Dalloway",
                    "Invisible Man",
                    "Great Expectations",
                    "The Master and Margarita",
                    "Beloved",
                    "Hopscotch",
                    "The Leopard",
                    "Frankenstein",
                    "Candide",
                    "Jane Eyre",
                    "Buddenbrooks",
                    "The Name of the Rose",
                    "Kokoro",
                    "Emma");

    private ReadingList() {}
}
