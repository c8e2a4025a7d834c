package io.snorky.examples.conformance;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol, section 8.3: which rows a query is for. */
class DealersTest {

    @RegisterExtension static final Conformance SERVER = new Conformance();

    private static final String RED = "{'id':1,'color':'red'}";
    private static final String BLUE = "{'id':1,'color':'blue'}";

    @AutoClose private Peer alice;
    private BackEnd backEnd;

    @BeforeEach
    void connect() {
        alice = SERVER.connect();
        backEnd = SERVER.backEnd();
    }

    private void acquires(String dealer, String query) {
        String item = "{'dealer':'%s','query':%s}".formatted(dealer, query);
        String token = backEnd.authorizes("datasync_backend", "[" + item + "]");
        alice.does("datasync.acquireSubscription", "{'token':'" + token + "'}");
    }

    private void hears(String delta) {
        alice.hears(Deltas.notification(delta));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"PlayersByColor | 'red'", "FilteredPlayers | ['==','color','red']"})
    void an_update_is_an_insert_an_update_or_a_delete(String dealer, String query) {
        acquires(dealer, query);

        backEnd.publishes(
                Deltas.update(BLUE, RED),
                Deltas.update(RED, "{'id':2,'color':'red'}"),
                Deltas.update("{'id':2,'color':'red'}", BLUE),
                Deltas.update(BLUE, "{'id':1,'color':'green'}"),
                Deltas.insert(RED),
                Deltas.delete(BLUE));

        hears(Deltas.insert(RED));
        hears(Deltas.update(RED, "{'id':2,'color':'red'}"));
        hears(Deltas.delete("{'id':2,'color':'red'}"));
        hears(Deltas.insert(RED));
        alice.hearsNothing();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "41 | 41.0 | '41'",
                "null | null | 0",
                "true | true | 1",
                "[1,{'a':1,'b':2}] | [1.0,{'b':2,'a':1}] | [1]",
                "9007199254740993 | 9007199254740993.0 | 9007199254740992",
                "1e1000000000 | 10e999999999 | 1e1000000001",
            })
    void keys_and_queries_are_compared_by_value(String query, String same, String other) {
        acquires("PlayersByColor", query);
        acquires("FilteredPlayers", "['==','color'," + query + "]");

        backEnd.publishes(
                Deltas.insert("{'color':" + other + "}"), Deltas.insert("{'color':" + same + "}"));

        alice.hearsText(Json.of(Deltas.notification(Deltas.insert("{'color':" + same + "}"))));
        alice.hearsText(Json.of(Deltas.notification(Deltas.insert("{'color':" + same + "}"))));
        alice.hearsNothing();
    }

    @Test
    void rows_without_a_key_are_for_nobody_and_disturb_nobody() {
        acquires("PlayersByColor", "null");
        acquires("AllPlayers", "null");

        backEnd.publishes(Deltas.insert("{}"), Deltas.insert("5"), Deltas.insert("null"));

        hears(Deltas.insert("{}"));
        hears(Deltas.insert("5"));
        hears(Deltas.insert("null"));
        alice.hearsNothing();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['<','n',2] | 1 | 2",
                "['<=','n',2] | 2.0 | 3",
                "['>','n',9007199254740992] | 9007199254740993 | 9007199254740992",
                "['>=','n',1e1000000000] | 1e1000000001 | 1e999999999",
                "['>','n',1] | 2 | '2'",
                "['<','n','\ud83d\ude00'] | '\uffff' | '\ud83d\ude01'",
                "['==','n.o',1] | {'o':1} | {'n':1}",
                "['not',['==','n',1]] | 2 | 1",
                "['not',['<','n',1]] | 'x' | 0",
                "['and',['>','n',1],['<','n',4]] | 2 | 5",
                "['or',['==','n',1],['==','n','x']] | 'x' | 2",
                "['and'] | null | null",
            })
    void a_filter_sees_the_rows_it_is_true_for(String query, String seen, String unseen) {
        acquires("FilteredPlayers", query);
        acquires("FilteredPlayers", "['not'," + query + "]");

        backEnd.publishes(Deltas.insert("{'n':" + seen + "}"));
        alice.hearsText(Json.of(Deltas.notification(Deltas.insert("{'n':" + seen + "}"))));

        backEnd.publishes(Deltas.delete("{'n':" + unseen + "}"));
        alice.hearsText(Json.of(Deltas.notification(Deltas.delete("{'n':" + unseen + "}"))));
        alice.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "'red'",
                "{}",
                "[]",
                "['?']",
                "['==','f']",
                "['==',5,1]",
                "['not']",
                "['and',5]",
                "['or',['==','f',1],['<']]",
            })
    void what_is_no_filter_is_a_bad_query(String query) {
        backEnd.isRefused(
                "datasync_backend.authorizeSubscription",
                "{'items':[{'dealer':'FilteredPlayers','query':" + query + "}]}",
                "Bad query");
    }

    @Test
    void teams_are_dealt_out_by_city() {
        acquires("TeamsByCity", "'Basel'");

        backEnd.publishes(
                "{'type':'insert','model':'Team','data':{'city':'Bern'}}",
                "{'type':'insert','model':'Team','data':{'city':'Basel'}}");

        hears("{'type':'insert','model':'Team','data':{'city':'Basel'}}");
        alice.hearsNothing();
    }
}
