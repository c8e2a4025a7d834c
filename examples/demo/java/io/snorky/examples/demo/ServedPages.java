package io.snorky.examples.demo;

import io.snorky.examples.demo.ExamplePages.Example;
import io.snorky.server.StaticFiles;

import java.util.List;

/** The examples whose pages the Snorky server serves itself, each below its name. */
final class ServedPages {

    /** One of them. */
    record Page(String name, String title, String description) {

        String path() {
            return "/" + name + "/";
        }

        StaticFiles files() {
            return StaticFiles.onClassPath(
                    Page.class.getClassLoader(), "io/snorky/examples/" + name + "/web");
        }

        /** As the page of examples shows it, served at a host. */
        Example at(String host) {
            return new Example(
                    name, title, description, "http://" + host + path(), "examples/" + name);
        }
    }

    static final List<Page> ALL =
            List.of(
                    new Page(
                            "pubsub",
                            "PubSub",
                            "Messages by channel in plain HTML and JavaScript: two files, no"
                                    + " build."),
                    new Page(
                            "calculator",
                            "Calculator",
                            "A service of one's own: commands that answer at once, one that takes a"
                                    + " while, and what can go wrong."),
                    new Page(
                            "chat",
                            "Chat",
                            "Rooms to talk in: who is there, and what is unread, the same in all"
                                    + " tabs of a person."),
                    new Page(
                            "cursors",
                            "Cursors",
                            "A board on which everybody's pointer moves, with its name."),
                    new Page(
                            "talk",
                            "Talk",
                            "Messages from person to person, by name, and what becomes of those to"
                                    + " somebody who is not there."),
                    new Page(
                            "notes",
                            "Notes",
                            "A Java object, live in the browser: one list that several pages edit"
                                    + " at once, long tasks, files."));

    private ServedPages() {}
}
