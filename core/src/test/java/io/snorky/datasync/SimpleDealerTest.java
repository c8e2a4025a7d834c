package io.snorky.datasync;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

class SimpleDealerTest {

    private final SimpleDealer dealer = new SimpleDealer("PlayersByColor", "Player", "color");

    private static List<View> viewsOf(SimpleDealer dealer, String row) {
        List<View> views = new ArrayList<>();
        dealer.viewsOf(json(row), views::add);
        return views;
    }

    private static boolean sees(SimpleDealer dealer, String query, String row) {
        View view = dealer.view(json(query));
        dealer.add(view);
        List<View> found = viewsOf(dealer, row);
        dealer.remove(view);
        assertThat(viewsOf(dealer, row)).isEmpty();
        assertThat(found).isEqualTo(view.sees(json(row)) ? List.of(view) : List.of());
        return !found.isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'red' | 'red'",
                "41 | 41.0",
                "null | null",
                "true | true",
                "[1,[2]] | [1.0,[2e0]]",
                "{'a':1,'b':2} | {'b':2.0,'a':1}",
                "1e1000000000 | 10e999999999",
                "'\\ud800' | '\\uD800'",
            })
    void a_view_sees_the_rows_whose_key_is_its_query(String query, String key) {
        assertThat(sees(dealer, query, "{'color':" + key + "}")).isTrue();
        assertThat(dealer.view(json(query))).isEqualTo(dealer.view(json(key)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'red' | 'Red'",
                "7 | '7'",
                "true | 1",
                "0 | false",
                "null | 0",
                "[] | {}",
                "[1,2] | [2,1]",
                "9007199254740993 | 9007199254740992",
            })
    void and_no_others(String query, String key) {
        assertThat(sees(dealer, query, "{'color':" + key + "}")).isFalse();
        assertThat(dealer.view(json(query))).isNotEqualTo(dealer.view(json(key)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "5", "'color'", "['color']", "{'Color':null}"})
    void nobody_sees_a_row_without_a_key(String row) {
        assertThat(sees(dealer, "null", row)).isFalse();
    }

    @Test
    void dots_lead_into_objects() {
        var nested = new SimpleDealer("TasksByOwner", "Task", "owner.id");

        assertThat(sees(nested, "7", "{'owner':{'id':7}}")).isTrue();
        assertThat(sees(nested, "7", "{'owner.id':7}")).isFalse();
        assertThat(sees(nested, "null", "{'owner':null}")).isFalse();
    }

    @Test
    void a_key_may_be_computed_and_may_be_none() {
        var computed =
                new SimpleDealer(
                        "EvenOnes",
                        "Number",
                        row -> row.intValue() % 2 == 0 ? json("'even'") : null);

        assertThat(sees(computed, "'even'", "4")).isTrue();
        assertThat(sees(computed, "'even'", "5")).isFalse();
        assertThat(sees(computed, "null", "5")).isFalse();
    }

    @Test
    void a_key_that_throws_is_none() {
        var broken =
                new SimpleDealer("PlayersByColor", "Player", row -> row.required("color").get(0));

        assertThat(sees(broken, "1", "{'color':[1]}")).isTrue();
        assertThat(sees(broken, "1", "{}")).isFalse();
    }

    @Test
    void views_of_others_are_none_of_its_business() {
        View other = new BroadcastDealer("AllPlayers", "Player").view(json("1"));

        dealer.add(other);
        dealer.remove(other);

        assertThat(viewsOf(dealer, "{'color':'red'}")).isEmpty();
    }

    @Test
    void it_has_a_name_and_a_model() {
        assertThat(dealer.name()).isEqualTo("PlayersByColor");
        assertThat(dealer.model()).isEqualTo("Player");
    }
}
