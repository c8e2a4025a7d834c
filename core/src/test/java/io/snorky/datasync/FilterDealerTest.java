package io.snorky.datasync;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snorky.rpc.RpcError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

class FilterDealerTest {

    private final FilterDealer dealer = new FilterDealer("FilteredPlayers", "Player", 10, 20);

    private View view(String query) {
        return dealer.view(json(query));
    }

    private List<View> viewsOf(String row) {
        List<View> views = new ArrayList<>();
        dealer.viewsOf(json(row), views::add);
        return views;
    }

    /** A view must say what the dealer does, also when it is hidden among others. */
    private boolean sees(String query, String row) {
        View view = view(query);
        assertThat(viewsOf(row)).doesNotContain(view);
        dealer.add(view);
        List<View> found = viewsOf(row);
        dealer.remove(view);
        assertThat(found).isEqualTo(view.sees(json(row)) ? List.of(view) : List.of());
        return !found.isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['==','f',1] | {'f':1}",
                "['==','f',1] | {'f':1.0}",
                "['==','f',1.0] | {'f':1}",
                "['==','f',-0.0] | {'f':0}",
                "['==','f',9007199254740993] | {'f':9007199254740993.0}",
                "['==','f',1e1000000000] | {'f':10e999999999}",
                "['==','f','red'] | {'f':'red','g':1}",
                "['==','f',null] | {'f':null}",
                "['==','f',true] | {'f':true}",
                "['==','f',[1,{'a':2}]] | {'f':[1.0,{'a':2.0}]}",
                "['==','f',{'a':1,'b':2}] | {'f':{'b':2,'a':1}}",
                "['==','',1] | {'':1}",
                "['==','a.b',1] | {'a':{'b':1}}",
                "['==','a.',1] | {'a':{'':1}}",
                "['==','.',1] | {'':{'':1}}",
                "['==','a.b.c','x'] | {'a':{'b':{'c':'x'}}}",
                "['<','f',2] | {'f':1}",
                "['<','f',1e1000000000] | {'f':1}",
                "['<','f',9007199254740993] | {'f':9007199254740992}",
                "['<=','f',2] | {'f':2.0}",
                "['>','f',1] | {'f':1.5}",
                "['>','f',-1e1000000000] | {'f':-9223372036854775808}",
                "['>=','f',2] | {'f':2}",
                "['<','f','b'] | {'f':'a'}",
                "['<','f','\ud83d\ude00'] | {'f':'\uffff'}",
                "['<','f','9'] | {'f':'10'}",
                "['>=','f',''] | {'f':''}",
                "['>','a.b',1] | {'a':{'b':2}}",
                "['not',['==','f',1]] | {'f':2}",
                "['not',['==','f',1]] | {}",
                "['not',['==','f',1]] | 5",
                "['not',['==','f',null]] | {}",
                "['not',['<','f',1]] | {'f':'x'}",
                "['not',['<','f',1]] | {'f':1}",
                "['not',['not',['==','f',1]]] | {'f':1}",
                "['not',['<','f',null]] | {'f':null}",
                "['not',['<','f',[]]] | {'f':[]}",
                "['not',['and',['==','f',1],['==','g',1]]] | {'f':1}",
                "['not',['or',['==','f',1],['==','g',1]]] | {}",
                "['not',['or']] | {}",
                "['and'] | {}",
                "['and'] | null",
                "['and',['and'],['and']] | 1",
                "['and',['==','f',1]] | {'f':1}",
                "['and',['==','f',1],['>','g',2],['not',['==','h',3]]] | {'f':1,'g':3}",
                "['and',['>','f',1],['<=','f',2]] | {'f':2}",
                "['or',['==','f',1],['==','f',2]] | {'f':2}",
                "['or',['==','f',1],['==','f',1]] | {'f':1}",
                "['or',['==','f',1],['not',['==','f',2]]] | {'f':1}",
                "['or',['and',['==','f',1],['==','g',1]],['<','f',5]] | {'f':1,'g':1}",
                "['and',['or',['==','f',1],['==','f',2]],['or',['==','g',1],['==','g',2]]] |"
                        + " {'f':2,'g':1}",
            })
    void true_for(String query, String row) {
        assertThat(sees(query, row)).isTrue();
        assertThat(sees("['not'," + query + "]", row)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['==','f',1] | {'f':'1'}",
                "['==','f',1] | {'f':true}",
                "['==','f',0] | {'f':false}",
                "['==','f',true] | {'f':1}",
                "['==','f',null] | {}",
                "['==','f',null] | {'f':0}",
                "['==','f',null] | null",
                "['==','f',9007199254740993] | {'f':9007199254740992}",
                "['==','f',9007199254740993] | {'f':9007199254740992.0}",
                "['==','f',[1,2]] | {'f':[2,1]}",
                "['==','f',[1]] | {'f':[true]}",
                "['==','f',{'a':1}] | {'f':{'a':1,'b':null}}",
                "['==','f','é'] | {'f':'e\u0301'}",
                "['==','f','A'] | {'f':'a'}",
                "['==','a.b',1] | {'a.b':1}",
                "['==','a.b',1] | {'b':1}",
                "['==','a.b',1] | {'a':1}",
                "['==','a.b',null] | {'a':null}",
                "['==','a.b',null] | {'a':{}}",
                "['==','a.0',1] | {'a':[1]}",
                "['==','0',1] | [1]",
                "['==','f',1] | 1",
                "['==','f',1] | 'f'",
                "['<','f',2] | {'f':2}",
                "['<','f',2] | {'f':'1'}",
                "['<','f','2'] | {'f':1}",
                "['<','f',2] | {'f':null}",
                "['<','f',2] | {'f':false}",
                "['<','f',true] | {'f':false}",
                "['<=','f',true] | {'f':true}",
                "['<=','f',null] | {'f':null}",
                "['<=','f',[1]] | {'f':[1]}",
                "['<','f',[2]] | {'f':[1]}",
                "['<=','f',{}] | {'f':{}}",
                "['<','f',2] | {}",
                "['>','f','\ud83d\ude00'] | {'f':'\uffff'}",
                "['>','f',9007199254740992.5] | {'f':9007199254740992}",
                "['>','f',1e1000000000] | {'f':1e999999999}",
                "['or'] | {}",
                "['and',['==','f',1],['==','f',2]] | {'f':1}",
                "['and',['==','f',1],['or']] | {'f':1}",
                "['and',['>','f',2],['<','f',2]] | {'f':2}",
                "['and',['>','f',1],['<','f','z']] | {'f':2}",
                "['or',['==','f',1],['>','g',2]] | {'f':2,'g':2}",
            })
    void false_for(String query, String row) {
        assertThat(sees(query, row)).isFalse();
        assertThat(sees("['not'," + query + "]", row)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "5",
                "'=='",
                "{}",
                "{'0':'=='}",
                "[]",
                "[[]]",
                "[5]",
                "[null,'f',1]",
                "['?']",
                "['=','f',1]",
                "['!=','f',1]",
                "['AND']",
                "['==']",
                "['==','f']",
                "['==','f',1,2]",
                "['==',5,1]",
                "['==',null,1]",
                "['==',['f'],1]",
                "['<','f']",
                "['<=','f',1,2]",
                "['>',{},1]",
                "['>=']",
                "['not']",
                "['not',5]",
                "['not',['==','f',1],['==','f',1]]",
                "['not',['not']]",
                "['and',5]",
                "['and',['==','f',1],[]]",
                "['or',['==','f',1],['==','f']]",
                "['or','x']",
                "['or',['and'],['?']]",
                "['and',['or'],['==',1,1]]",
            })
    void what_is_no_filter_is_a_bad_query(String query) {
        assertThatThrownBy(() -> view(query)).isInstanceOf(RpcError.class).hasMessage("Bad query");
    }

    @Test
    void what_is_beyond_a_bound_is_told_the_bound() {
        String nine = "['not',".repeat(9) + "['or']" + "]".repeat(9);
        view(nine);
        view("['or'" + ",['or']".repeat(19) + "]");
        view("['==','a" + ".a".repeat(9) + "',1]");

        assertThatThrownBy(() -> view("['not'," + nine + "]"))
                .isInstanceOf(RpcError.class)
                .hasMessage("query levels: 11 (expected: at most 10)");
        assertThatThrownBy(() -> view("['or'" + ",['or']".repeat(20) + "]"))
                .isInstanceOf(RpcError.class)
                .hasMessage("query parts: 21 (expected: at most 20)");
        assertThatThrownBy(() -> view("['==','a" + ".a".repeat(10) + "',1]"))
                .isInstanceOf(RpcError.class)
                .hasMessage("query field levels: 11 (expected: at most 10)");
    }

    @Test
    void as_deep_as_JSON_may_be_is_no_problem() {
        var deep = new FilterDealer("FilteredPlayers", "Player");
        String query =
                "['or',['==','f',1],['and',['>','f',1],".repeat(125)
                        + "['==','f',7]"
                        + "]]".repeat(125);
        View view = deep.view(json(query));
        deep.add(view);
        List<View> found = new ArrayList<>();

        deep.viewsOf(json("{'f':1}"), found::add);
        deep.viewsOf(json("{'f':7}"), found::add);
        deep.viewsOf(json("{'f':0}"), found::add);

        assertThat(found).containsExactly(view, view);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['==','f',1] | ['==','f',1.0]",
                "['==','f',{'a':1,'b':2}] | ['==','f',{'b':2,'a':1}]",
                "['<','f',1e2] | ['<','f',100]",
                "['and',['==','f',1]] | ['==','f',1]",
                "['not',['not',['==','f',1]]] | ['==','f',1]",
                "['and',['==','f',1],['and',['==','g',1]]] | ['and',['==','f',1],['==','g',1]]",
                "['or',['==','f',1],['==','f',1]] | ['==','f',1]",
                "['not',['and',['==','f',1],['==','g',1]]] |"
                        + " ['or',['not',['==','f',1]],['not',['==','g',1]]]",
            })
    void these_queries_share_a_view(String one, String other) {
        assertThat(view(one)).isEqualTo(view(other)).hasSameHashCodeAs(view(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['==','f',1] | ['==','f','1']",
                "['==','f',1] | ['==','g',1]",
                "['==','f',1] | ['==','f',true]",
                "['<','f',1] | ['<=','f',1]",
                "['<','f',1] | ['not',['>=','f',1]]",
                "['==','a.b',1] | ['==','ab',1]",
                "['and',['==','f',1],['==','g',1]] | ['or',['==','f',1],['==','g',1]]",
                "['and'] | ['or']",
            })
    void these_queries_do_not(String one, String other) {
        assertThat(view(one)).isNotEqualTo(view(other));
    }

    @Test
    void adding_and_removing_twice_does_no_harm() {
        View view = view("['or',['==','f',1],['>','g',1]]");
        dealer.add(view);
        dealer.add(view("['or',['==','f',1.0],['>','g',1]]"));
        assertThat(viewsOf("{'f':1,'g':2}")).containsExactly(view);

        dealer.remove(view);
        dealer.remove(view);

        assertThat(viewsOf("{'f':1,'g':2}")).isEmpty();
    }

    @Test
    void views_of_others_are_none_of_its_business() {
        View other = new BroadcastDealer("AllPlayers", "Player").view(json("1"));

        dealer.add(other);
        dealer.remove(other);

        assertThat(viewsOf("{}")).isEmpty();
    }

    @Test
    void it_has_a_name_and_a_model() {
        assertThat(dealer.name()).isEqualTo("FilteredPlayers");
        assertThat(dealer.model()).isEqualTo("Player");
    }
}
