package io.snorky.schema;

import tools.jackson.databind.node.ObjectNode;

/** The schema of a type that has a name, in both forms. */
record Definition(ObjectNode output, ObjectNode input) {

    ObjectNode in(Form form) {
        return switch (form) {
            case OUTPUT -> output;
            case INPUT -> input;
        };
    }
}
