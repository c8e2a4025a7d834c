package io.snorky.datasync;

import tools.jackson.databind.JsonNode;

import java.util.function.Consumer;

/** Deals every change of a model to everybody. Queries are ignored. */
public final class BroadcastDealer implements Dealer {

    private static final View EVERYTHING = row -> true;

    private final String name;
    private final String model;
    private boolean added;

    /**
     * @param name the name that subscriptions give it
     * @param model the model whose rows it deals out
     */
    public BroadcastDealer(String name, String model) {
        this.name = name;
        this.model = model;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public View view(JsonNode query) {
        return EVERYTHING;
    }

    @Override
    public void add(View view) {
        added = true;
    }

    @Override
    public void remove(View view) {
        added = false;
    }

    @Override
    public void viewsOf(JsonNode row, Consumer<View> found) {
        if (added) {
            found.accept(EVERYTHING);
        }
    }
}
