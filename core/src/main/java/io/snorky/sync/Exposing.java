package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an object is registered without annotations, or otherwise than they say: which attributes it
 * has, under which names, and functions in the place of methods.
 *
 * <pre>{@code
 * record Rename(String title) {}
 *
 * SyncHandle handle = session.register(library, Exposing.as("LIBRARY")
 *         .only("title")
 *         .include("total_length", "size")
 *         .action("rename", Rename.class, it -> library.rename(it.title()))
 *         .task("tidy", library::tidy)
 *         .cancelHook("tidy", library::untidy));
 * }</pre>
 *
 * <p>Attributes are called by their names in the source: fields, and methods without parameters
 * that have a result. A method with the name of a field is called with {@code ()} behind it. Where
 * nothing is said, it is as the annotations have it, those of actions and tasks included; an object
 * that has none shows all its fields. What is wrong is said by {@link SyncSession#register(Object,
 * Exposing)}, all at once.
 *
 * <p>Threads: one at a time.
 */
public final class Exposing {

    /** What an action or a task does. What it throws is handled as if a method had thrown it. */
    @FunctionalInterface
    public interface Handler<A extends Record> {

        /** Called with the arguments, which fit the record's components. */
        void handle(A arguments) throws Exception;
    }

    /** What an action or a task without arguments does, or a cancel hook. */
    @FunctionalInterface
    public interface PlainHandler {

        /** Called without anything. */
        void handle() throws Exception;
    }

    record None() {}

    /** A function under a name. */
    record Function<A extends Record>(String name, Class<A> arguments, Handler<A> handler) {

        void call(@Nullable Object made) throws Exception {
            A given = arguments.cast(made);
            if (given == null) {
                throw new IllegalStateException(name + ": no arguments (expected: a record)");
            }
            handler.handle(given);
        }
    }

    private final String key;
    private final Map<String, String> included = new LinkedHashMap<>(); // "" if not renamed
    private final List<String> excluded = new ArrayList<>();
    private final List<Function<?>> actions = new ArrayList<>();
    private final List<Function<?>> tasks = new ArrayList<>();
    private final List<Map.Entry<String, PlainHandler>> cancelHooks = new ArrayList<>();
    private @Nullable List<String> only;
    private @Nullable Casing casing;
    private @Nullable Boolean sendOnInit;
    private @Nullable Boolean runningTasks;

    private Exposing(String key) {
        this.key = key;
    }

    /** What is registered under that key. */
    public static Exposing as(String key) {
        return new Exposing(key);
    }

    // --- Attributes

    /** No attributes but these, and what is included. */
    public Exposing only(String... attributes) {
        only = List.of(attributes);
        return this;
    }

    /** Adds attributes that would not be there. */
    public Exposing include(String... attributes) {
        for (String each : attributes) {
            included.put(each, "");
        }
        return this;
    }

    /**
     * Adds an attribute, or renames one that is there.
     *
     * @param wireName what browsers call it, in no other casing
     */
    public Exposing includeAs(String attribute, String wireName) {
        included.put(attribute, wireName);
        return this;
    }

    /** Leaves attributes out. */
    public Exposing exclude(String... attributes) {
        excluded.addAll(List.of(attributes));
        return this;
    }

    /** See {@link Synced#casing}. */
    public Exposing casing(Casing ofNames) {
        casing = ofNames;
        return this;
    }

    /** See {@link Synced#runningTasks}. */
    public Exposing runningTasks(boolean shown) {
        runningTasks = shown;
        return this;
    }

    /** See {@link Synced#sendOnInit}. */
    public Exposing sendOnInit(boolean sent) {
        sendOnInit = sent;
        return this;
    }

    // --- Functions

    /**
     * An action.
     *
     * @param arguments a record whose components are the arguments; they may be marked as
     *     parameters are. What its constructor throws refuses the call.
     */
    public <A extends Record> Exposing action(String name, Class<A> arguments, Handler<A> handler) {
        actions.add(new Function<>(name, arguments, handler));
        return this;
    }

    /** An action without arguments. */
    public Exposing action(String name, PlainHandler handler) {
        return action(name, None.class, none -> handler.handle());
    }

    /** A task, with arguments as an action. */
    public <A extends Record> Exposing task(String name, Class<A> arguments, Handler<A> handler) {
        tasks.add(new Function<>(name, arguments, handler));
        return this;
    }

    /** A task without arguments. */
    public Exposing task(String name, PlainHandler handler) {
        return task(name, None.class, none -> handler.handle());
    }

    /**
     * What runs once when a task has been cancelled and has ended, see {@link CancelHook}.
     *
     * @param task its name on the wire
     */
    public Exposing cancelHook(String task, PlainHandler handler) {
        cancelHooks.add(Map.entry(task, handler));
        return this;
    }

    // --- For the scan

    String key() {
        return key;
    }

    /** Null if all are shown. */
    @Nullable List<String> onlyThese() {
        return only;
    }

    Map<String, String> included() {
        return included;
    }

    List<String> excluded() {
        return excluded;
    }

    List<Function<?>> actions() {
        return actions;
    }

    List<Function<?>> tasks() {
        return tasks;
    }

    List<Map.Entry<String, PlainHandler>> cancelHooks() {
        return cancelHooks;
    }

    Casing casingOr(Casing other) {
        return casing == null ? other : casing;
    }

    boolean showsRunningTasks(boolean other) {
        return runningTasks == null ? other : runningTasks;
    }

    boolean isSentOnInit(boolean other) {
        return sendOnInit == null ? other : sendOnInit;
    }
}
