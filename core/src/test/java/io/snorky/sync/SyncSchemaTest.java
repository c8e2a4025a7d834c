package io.snorky.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.Generate.oneOf;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.strings;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.snorky.ConfigurationException;
import io.snorky.schema.Schemas;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quicktheories.core.Gen;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.StreamSupport;

/** The schemas of synced classes, and that what is sent is as they say. */
class SyncSchemaTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ObjectNode zoo = SyncSchema.of(Zoo.class).toJson();

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private JsonNode definition(String name) {
        return zoo.path("$defs").path(name);
    }

    private JsonNode attribute(String name) {
        return definition("Zoo").path("properties").path(name);
    }

    /** What a validator has against a value; formats count. */
    private static List<String> complaints(ObjectNode schemas, String title, JsonNode value) {
        ObjectNode schema = schemas.deepCopy().put("$ref", "#/$defs/" + title);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(
                        value,
                        run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonNode state(Object object) {
        Exposure exposure = Exposure.of(object.getClass());
        return JSON.readTree(
                Snapshot.of(exposure.names(), exposure.values(object, List.of()))
                        .toJson()
                        .toString());
    }

    // --- What is in it

    @Test
    void there_are_the_state_and_each_action_and_task_and_their_names_and_arguments() {
        assertThat(SyncSchema.of(Zoo.class).titles())
                .containsExactly(
                        "Zoo",
                        "ZooActionSetTitle",
                        "ZooActionPut",
                        "ZooActionUpload",
                        "ZooActionsKeys",
                        "ZooActionsParams",
                        "ZooTaskSlowcount",
                        "ZooTasksKeys",
                        "ZooTasksParams");
        assertThat(definition("Zoo").path("title").asString()).isEqualTo("Zoo");
        assertThat(definition("ZooActionsKeys"))
                .isEqualTo(
                        json(
                                "{'title':'ZooActionsKeys','type':'string',"
                                        + "'enum':['SET_TITLE','nothing','put','upload']}"));
        assertThat(definition("ZooActionsParams"))
                .isEqualTo(
                        json(
                                """
                                {'title':'ZooActionsParams','type':'object','properties':{
                                 'SET_TITLE':{'$ref':'#/$defs/ZooActionSetTitle'},
                                 'nothing':{'type':'null'},
                                 'put':{'$ref':'#/$defs/ZooActionPut'},
                                 'upload':{'$ref':'#/$defs/ZooActionUpload'}},
                                 'required':['SET_TITLE','nothing','put','upload']}\
                                """));
    }

    @Test
    void all_that_is_mirrored_is_required_under_its_name_on_the_wire() {
        JsonNode book = SyncSchema.of(Scrapbook.class).toJson().path("$defs").path("Scrapbook");

        assertThat(book)
                .isEqualTo(
                        json(
                                """
                                {'title':'Scrapbook','type':'object','properties':{
                                 'title':{'type':'string'},
                                 'stars':{'type':'integer'},
                                 'lines':{'type':'array','items':{'type':'string'}},
                                 'pages':{'type':'array','items':{'$ref':'#/$defs/Page'}},
                                 'by':{'anyOf':[{'type':'string'},{'type':'null'}]},
                                 'made':{'type':'string'},
                                 'size':{'type':'integer'},
                                 'runningTasks':{'type':'array',
                                  'items':{'$ref':'#/$defs/ScrapbookTasksKeys'}}},
                                 'required':['title','stars','lines','pages','by','made','size',
                                  'runningTasks']}\
                                """));
    }

    @Test
    void arguments_are_required_that_have_no_default_and_may_not_be_null() {
        JsonNode put = definition("ZooActionPut");

        assertThat(put.path("required")).isEqualTo(json("['sum','bean','longName','shape']"));
        assertThat(put.path("properties").path("longName"))
                .isEqualTo(json("{'type':'string','maxLength':5}"));
        assertThat(put.path("properties").path("plain").path("default")).isEqualTo(json("[]"));
        assertThat(definition("ZooTaskSlowcount").path("required")).isEqualTo(json("[]"));
    }

    @Test
    void bytes_may_come_behind_the_call() {
        assertThat(definition("ZooActionUpload"))
                .isEqualTo(
                        json(
                                """
                                {'title':'ZooActionUpload','type':'object','properties':{
                                 'data':{'type':'string','contentEncoding':'base64'},
                                 'name':{'type':'string'}},'required':['name']}\
                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "instant | {'type':'string','format':'date-time'}",
                "date | {'type':'string','format':'date'}",
                "duration | {'type':'string','format':'duration'}",
                "day | {'$ref':'#/$defs/DayOfWeek'}",
                "bytes | {'type':'string','contentEncoding':'base64'}",
                "maybe | {'anyOf':[{'type':'string'},{'type':'null'}]}",
                "anything | {}",
                "node | {}",
                "strings | {'type':'array','items':{'anyOf':[{'type':'string'},{'type':'null'}]}}",
                "colors | {'type':'array','items':{'$ref':'#/$defs/Color'},'uniqueItems':true}",
                "box | {'$ref':'#/$defs/BoxPlain'}",
                "stars | {'type':'integer','minimum':3,'maximum':9}",
                "word | {'type':'string','pattern':'^(?:[a-z]+)$','maxLength':5}",
                "more | {'type':'number','exclusiveMinimum':0.5}",
                "two | {'type':'array','items':{'type':'string'},'maxItems':2}",
            })
    void types_are_described_as_they_are_written(String attribute, String schema) {
        assertThat(attribute(attribute)).isEqualTo(json(schema));
    }

    @Test
    void records_refer_to_themselves_and_enums_are_called_as_on_the_wire() {
        assertThat(definition("Tree").path("properties").path("left"))
                .isEqualTo(json("{'anyOf':[{'$ref':'#/$defs/Tree'},{'type':'null'}]}"));
        assertThat(definition("Color")).isEqualTo(json("{'type':'string','enum':['RED','verde']}"));
        assertThat(definition("Plain").path("properties").path("n"))
                .isEqualTo(json("{'type':'string','minLength':1,'pattern':'\\\\S'}"));
    }

    @Test
    void subtypes_are_told_apart_by_a_member() {
        assertThat(definition("Shape"))
                .isEqualTo(json("{'oneOf':[{'$ref':'#/$defs/Circle'},{'$ref':'#/$defs/Square'}]}"));
        assertThat(definition("Circle").path("properties").path("kind"))
                .isEqualTo(json("{'const':'circle'}"));
    }

    @Test
    void what_is_taken_in_another_form_than_it_is_sent_in_is_there_twice() {
        assertThat(definition("Sum").path("required")).isEqualTo(json("['a','b','sum']"));
        assertThat(definition("CreateSum").path("required")).isEqualTo(json("['a','b']"));
        assertThat(definition("CreateTree").path("required"))
                .isEqualTo(json("['id','children','color']"));
        assertThat(definition("CreateTree").path("properties").path("children"))
                .isEqualTo(json("{'type':'array','items':{'$ref':'#/$defs/CreateTree'}}"));
        assertThat(definition("CreatePlain").isMissingNode()).isTrue();
        assertThat(definition("ZooActionPut").path("properties").path("sum"))
                .isEqualTo(json("{'$ref':'#/$defs/CreateSum'}"));
    }

    // --- What it is good for

    @Test
    void one_of_each_kind_is_sent_as_the_schema_says() {
        JsonNode state = state(new Zoo());

        assertThat(complaints(zoo, "Zoo", state)).isEmpty();
        assertThat(complaints(zoo, "Zoo", ((ObjectNode) state).put("real", "0.5"))).isNotEmpty();
    }

    @Test
    void every_reference_leads_somewhere() {
        assertThat(zoo.findValues("$ref"))
                .allSatisfy(to ->
                        assertThat(zoo.at(to.asString().substring(1)).isObject())
                                .as(to.asString())
                                .isTrue());
    }

    @Test
    void whatever_the_state_it_is_sent_as_the_schema_says() {
        ObjectNode schemas = SyncSchema.of(Scrapbook.class).toJson();
        Gen<String> words = strings().allPossible().ofLengthBetween(0, 5);
        Gen<Scrapbook> books =
                words.zip(
                        integers().all(),
                        lists().of(words).ofSizeBetween(0, 4),
                        (w, n, all) -> {
                            var book = new Scrapbook();
                            book.title = w;
                            book.stars = n;
                            book.lines.addAll(all);
                            book.pages =
                                    all.stream().map(each -> new Scrapbook.Page(1, each)).toList();
                            return book;
                        });
        Gen<Boolean> signed = oneOf(in -> true, in -> false);

        qt().withExamples(200)
                .forAll(books, signed)
                .checkAssert((book, isSigned) -> {
                    book.author = isSigned ? book.title : null;
                    assertThat(complaints(schemas, "Scrapbook", state(book))).isEmpty();
                });
    }

    // --- In a document

    @Test
    void an_OpenAPI_document_gets_the_schemas_and_keeps_its_own() {
        var document = (ObjectNode) json("{'openapi':'3.1.0','components':{'schemas':{'X':{}}}}");
        Schemas schemas = SyncSchema.of(Scrapbook.class);

        schemas.attachTo(document);
        schemas.attachTo(document);

        JsonNode all = document.path("components").path("schemas");
        assertThat(all.propertyNames())
                .contains("X", "Page", "Scrapbook", "ScrapbookActionRename", "ScrapbookTasksKeys");
        assertThat(StreamSupport.stream(all.findValues("$ref").spliterator(), false))
                .isNotEmpty()
                .allSatisfy(to -> assertThat(to.asString()).startsWith("#/components/schemas/"));
    }

    @Test
    void another_schema_of_that_name_is_refused() {
        var document = (ObjectNode) json("{'components':{'schemas':{'Page':{'type':'number'}}}}");
        Schemas schemas = SyncSchema.of(Scrapbook.class);

        assertThatThrownBy(() -> schemas.attachTo(document))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("OpenAPI: components.schemas.Page: another schema");
        assertThat(document.path("components").path("schemas").size()).isEqualTo(1);
        assertThatThrownBy(() -> SyncSchema.of(Zoo.class, Zoo.class))
                .hasMessage("JSON Schema: two called Zoo (expected: names differ)");
    }
}
