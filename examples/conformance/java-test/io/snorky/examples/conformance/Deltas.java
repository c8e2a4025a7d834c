package io.snorky.examples.conformance;

/** Deltas of players, and the notifications that carry them. */
final class Deltas {

    private Deltas() {}

    static String insert(String data) {
        return "{'type':'insert','model':'Player','data':" + data + "}";
    }

    static String delete(String data) {
        return "{'type':'delete','model':'Player','data':" + data + "}";
    }

    static String update(String oldData, String newData) {
        return "{'type':'update','model':'Player','newData':%s,'oldData':%s}"
                .formatted(newData, oldData);
    }

    static String notification(String delta) {
        return "{'service':'datasync','message':{'type':'delta','delta':" + delta + "}}";
    }

    /** Items for each of these dealers, with query null. */
    static String items(String... dealers) {
        var items = new StringBuilder();
        for (String dealer : dealers) {
            items.append(items.isEmpty() ? "" : ",")
                    .append("{'dealer':'")
                    .append(dealer)
                    .append("','query':null}");
        }
        return "[" + items + "]";
    }
}
