package io.snorky.datasync.filter;

import static io.snorky.testkit.Json.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class FilterIndexTest {

    private final FilterIndex<String> index = new FilterIndex<>();
    private final Map<String, Filter> filters = new HashMap<>();

    private void add(String query) {
        Filter filter = new FilterReader(100, 1000).read(json(query));
        filters.put(query, filter);
        index.add(query, filter);
    }

    private void remove(String query) {
        filters.remove(query);
        index.remove(query);
    }

    private void removeAll() {
        filters.keySet().forEach(index::remove);
        filters.clear();
    }

    private List<String> find(String row) {
        return find(json(row));
    }

    private List<String> find(JsonNode row) {
        List<String> found = new ArrayList<>();
        index.find(row, found::add);
        List<String> naive = new ArrayList<>();
        filters.forEach((query, filter) -> {
            if (filter.sees(row)) {
                naive.add(query);
            }
        });
        assertThat(found).containsExactlyInAnyOrderElementsOf(naive);
        return found;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_agrees_with_asking_each_filter(long seed) {
        var random = new Random(seed);
        var things = new RandomThings(random, 1 + random.nextInt(4), 2 + random.nextInt(12));
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            boolean growing = i / 500 % 2 == 0;
            if (added.isEmpty() || random.nextInt(10) < (growing ? 7 : 2)) {
                String query = things.filter();
                add(query);
                added.add(query);
            } else {
                remove(added.remove(random.nextInt(added.size())));
                added.retainAll(filters.keySet());
            }
            if (i % 3 == 0) {
                find(things.row());
            }
        }
        removeAll();
        assertThat(index.weight()).isEqualTo(1);
        assertThat(find(things.row())).isEmpty();
    }

    @Test
    void what_leaves_takes_its_place_with_it() {
        add("['==','stays',1]");
        for (int i = 0; i < 20; i++) {
            add("['and',['==','also','here'],['>','n'," + i + "]]");
        }
        int weight = index.weight();

        for (int i = 0; i < 100; i++) {
            add("['and',['==','also','here'],['==','a.b.c'," + i + "],['<','n',5]]");
            add("['or',['>','s','" + i + "'],['==','t',[" + i + "]]]");
        }
        assertThat(index.weight()).isGreaterThan(weight + 300);
        for (int i = 0; i < 100; i++) {
            remove("['and',['==','also','here'],['==','a.b.c'," + i + "],['<','n',5]]");
            remove("['or',['>','s','" + i + "'],['==','t',[" + i + "]]]");
        }

        assertThat(index.weight()).isLessThanOrEqualTo(weight + 1);
    }

    @Test
    void ranges_of_vast_and_of_close_numbers_are_kept_apart() {
        String[] bounds = {
            "-1e99999999999999999999",
            "-1e1000000000",
            "-1e999",
            "-9007199254740993",
            "-9007199254740992",
            "-1e-1000000000",
            "0",
            "1e-1000000000",
            "0.1",
            "0.10000000000000001",
            "1",
            "9007199254740992",
            "9007199254740992.5",
            "9007199254740993",
            "1e999",
            "1e1000000000",
            "1e99999999999999999999"
        };
        for (String low : bounds) {
            add("['>','n'," + low + "]");
            add("['>=','n'," + low + "]");
            add("['<','n'," + low + "]");
            add("['<=','n'," + low + "]");
            for (String high : bounds) {
                add("['and',['>','n'," + low + "],['<=','n'," + high + "]]");
                add("['and',['>=','n'," + low + "],['<','n'," + high + "]]");
            }
        }

        for (String bound : bounds) {
            assertThat(find("{'n':" + bound + "}")).isNotEmpty();
        }
        removeAll();
        assertThat(index.weight()).isEqualTo(1);
    }

    private long consideredFor(String row) {
        long before = index.considered();
        find(row);
        return index.considered() - before;
    }

    @Test
    void what_is_found_in_vain_moves_to_a_range_that_is_rarer() {
        for (int i = 0; i < 1000; i++) {
            add("['and',['>','time'," + i + "],['>','price'," + (1000 + i) + "]]");
        }
        assertThat(consideredFor("{'time':5000,'price':1001}")).isEqualTo(1000);

        for (int i = 0; i < 50; i++) {
            find("{'time':5000,'price':" + i + "}");
        }

        assertThat(consideredFor("{'time':5000,'price':1001}")).isEqualTo(1);

        for (int i = 0; i < 200; i++) {
            find("{'time':" + -i + ",'price':5000}");
        }

        assertThat(consideredFor("{'time':1,'price':5000}")).isEqualTo(1);
    }

    @Test
    void conditions_that_many_share_are_not_what_they_are_found_by() {
        for (int i = 0; i < 1000; i++) {
            add("['and',['==','status','open'],['==','owner'," + i + "]]");
            add(
                    "['and',['==','status','open'],['>','score',"
                            + i
                            + "],['<=','score',"
                            + (i + 1)
                            + "]]");
            add("['and',['==','status','open'],['or',['==','id'," + i + "],['==','id',-1]]]");
            add("['and',['not',['==','status','open']],['==','owner'," + i + "]]");
        }

        assertThat(consideredFor("{'status':'open','owner':7,'score':8,'id':9}")).isLessThan(100);
        assertThat(consideredFor("{'status':'closed','owner':7,'score':8,'id':9}")).isLessThan(40);
        assertThat(consideredFor("{'status':'open'}")).isLessThan(40);
    }

    @Test
    void each_may_ask_for_a_field_of_its_own() {
        for (int i = 0; i < 1000; i++) {
            add("['==','members.u" + i + "',true]");
        }

        assertThat(consideredFor("{'members':{'u7':true,'u8':true,'u9':false}}")).isEqualTo(2);
    }

    @Test
    void the_contrary_of_an_order_is_looked_up_too() {
        for (int i = 0; i < 1000; i++) {
            add("['not',['<','score'," + i + "]]");
            add("['and',['not',['>','score'," + i + "]],['==','owner'," + i + "]]");
            add("['and',['not',['<','name','" + i + "']],['not',['<','score'," + i + "]]]");
        }

        assertThat(consideredFor("{'score':-1,'name':'','owner':1}")).isLessThan(40);
        assertThat(consideredFor("{'score':0,'name':'','owner':1}")).isLessThan(40);
        find("{'score':'x'}");
        find("{}");
        removeAll();
        assertThat(index.weight()).isEqualTo(1);
    }

    @Test
    void filters_that_cannot_be_looked_up_cost_only_themselves() {
        for (int i = 0; i < 100; i++) {
            add("['not',['==','owner'," + i + "]]");
            add("['==','owner'," + i + "]");
            add("['or',['==','owner'," + i + "],['not',['==','name'," + i + "]]]");
        }

        assertThat(consideredFor("{'owner':1}")).isBetween(200L, 210L);
    }
}
