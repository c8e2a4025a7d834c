import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import {
  ArrayCollection,
  DataSync,
  type LiveList,
  type LiveListOptions,
  SnapshotCollection,
  SnorkyFetchError,
} from "../../src/index.js";
import { next, useServer } from "../support/fixture.js";
import { arrived, type Todo, todo } from "../support/live.js";
import { Queue } from "../support/queue.js";

const fixture = useServer();
const URL_OF_TODOS = "https://user:secret@app.example/todos?key=secret";

/** A request that the test answers. */
interface Request {
  readonly url: string;
  readonly init: RequestInit;
  /** Answers with these rows, and with a token if there is one. */
  answer(rows: unknown, token: string | null, status?: number): void;
}

/** A connected client with a live list, whose requests the test answers. */
async function asked(options: Partial<LiveListOptions<Todo>> = {}) {
  const requests = new Queue<Request>();
  const snorky = fixture.connect({ datasync: DataSync });
  const { datasync } = snorky.services;
  const peer = await fixture.server.accept();
  await next(snorky.connected);
  const todos = datasync.fetchAndSubscribe<Todo>(URL_OF_TODOS, {
    model: "Todo",
    fetch: (url, init) =>
      new Promise((resolve) => {
        const answer: Request["answer"] = (rows, token, status = 200) => {
          const headers: HeadersInit = token === null ? {} : { "X-Subscription-Token": token };
          resolve(new Response(JSON.stringify(rows), { status, headers }));
        };
        requests.put({ url, init, answer });
      }),
    ...options,
  });
  return { snorky, datasync, peer, requests, todos };
}

/** The same, with a list that is live. */
async function live(rows: unknown, options: Partial<LiveListOptions<Todo>> = {}) {
  const all = await asked(options);
  (await all.requests.take()).answer(rows, "t1");
  await all.peer.serve("acquireSubscription", { offset: "0" });
  await reaches(all.todos, "live");
  return all;
}

async function reaches(list: LiveList<Todo>, type: string): Promise<void> {
  while (list.state.type !== type) {
    await next(list.subscription.stateChanged);
  }
}

const insert = (data: unknown, extras: object = {}) => ({
  type: "delta",
  delta: { type: "insert", model: "Todo", data, ...extras },
});

describe("fetchAndSubscribe", () => {
  it("asks for rows and token, acquires with an offset, and follows the changes", async () => {
    const { datasync, peer, requests, todos } = await asked();
    const { url, init, answer } = await requests.take();
    expect(todos.state).toEqual({ type: "syncing" });

    answer([todo(1)], "t1");
    const { message } = await peer.serve("acquireSubscription", { offset: "0" });
    await reaches(todos, "live");
    peer.send("datasync", insert(todo(2)));
    peer.send("datasync", {
      type: "delta",
      delta: { type: "insert", model: "User", data: todo(3) },
    });
    await arrived(datasync, peer);

    expect(url).toBe(URL_OF_TODOS);
    expect(new Headers(init.headers).get("X-Snorky")).toBe("Subscribe");
    expect(init.cache).toBe("no-store");
    expect(message.params).toEqual({ token: "t1", offset: null });
    expect(todos.items).toEqual([todo(1), todo(2)]);
    expect(todos.getSnapshot()).toBe(todos.items);
    expect(todos.getState()).toBe(todos.state);
  });

  it("tells listeners of each change of items and state, until they have enough", async () => {
    const { peer, requests, todos, datasync } = await asked();
    const { subscribe } = todos;
    const heard: unknown[] = [];
    const unsubscribe = subscribe(() => heard.push([todos.state.type, todos.items.length]));

    (await requests.take()).answer([todo(1)], "t1");
    await peer.serve("acquireSubscription", { offset: "0" });
    await reaches(todos, "live");
    peer.send("datasync", insert(todo(2)));
    await arrived(datasync, peer);
    unsubscribe();
    todos.stop();

    expect(heard).toEqual([
      ["syncing", 1],
      ["live", 1],
      ["live", 2],
    ]);
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });
    expect(todos.state).toEqual({ type: "stopped" });
  });

  it("goes on where it was on a new connection, and fetches anew when it has to", async () => {
    const { snorky, peer, requests, todos } = await live([todo(1)]);
    const lost = next(snorky.disconnected);
    peer.cut();
    await lost;
    snorky.connect();
    const second = await fixture.server.accept();
    const call = await second.call("acquireSubscription");
    expect(call.message.params).toEqual({ token: "t1", offset: "0" });

    second.refuse(call, "resync");
    (await requests.take()).answer([todo(2)], "t2");
    await second.serve("acquireSubscription", { offset: "9" });
    await reaches(todos, "live");

    expect(todos.items).toEqual([todo(2)]);
  });

  it("fetches anew when asked", async () => {
    const { peer, requests, todos } = await live([todo(1)]);

    todos.resync();
    (await requests.take()).answer([todo(2)], "t2");
    await peer.serve("cancelSubscription");
    await peer.serve("acquireSubscription", { offset: "9" });
    await reaches(todos, "live");

    expect(todos.items).toEqual([todo(2)]);
  });

  it.each<[string, unknown, string | null, number, object]>([
    [
      "an error",
      [],
      "t1",
      503,
      new SnorkyFetchError("https://app.example/todos: 503 (expected: 200 to 299)", 503),
    ],
    [
      "no list",
      { rows: [] },
      "t1",
      200,
      {
        message: "https://app.example/todos: object (expected: a list of rows, or the option read)",
      },
    ],
    [
      "no token",
      [],
      null,
      200,
      {
        message:
          "https://app.example/todos: the answer has no X-Subscription-Token (expected: the token of a subscription; the answer to a page from elsewhere also needs Access-Control-Expose-Headers: X-Subscription-Token)",
      },
    ],
  ])(
    "says what was wrong with an answer that has %s, and asks again",
    async (_, body, token, status, error) => {
      const { peer, requests, todos } = await asked();

      (await requests.take()).answer(body, token, status);
      await reaches(todos, "stale");
      expect(todos.state).toMatchObject({ reason: "failed", error, retryDelay: 250 });
      fixture.clock.advance(250);
      (await requests.take()).answer([todo(1)], "t1");
      await peer.serve("acquireSubscription", { offset: "0" });

      await reaches(todos, "live");
    },
  );

  it("shows rows that came without a token, as stale", async () => {
    const { requests, todos } = await asked();

    (await requests.take()).answer([todo(1)], null);
    await reaches(todos, "stale");

    expect(todos.items).toEqual([todo(1)]);
  });

  it("takes what the page has to say about the request, but for its signal", async () => {
    const { requests, todos } = await asked({
      init: { credentials: "include", headers: { Authorization: "Bearer x" }, cache: "reload" },
    });

    const { init } = await requests.take();
    const headers = Object.fromEntries(new Headers(init.headers));
    todos.stop();

    expect(init).toMatchObject({ credentials: "include", cache: "reload" });
    expect(headers).toEqual({ authorization: "Bearer x", "x-snorky": "Subscribe" });
    expect(init.signal?.aborted).toBe(true);
  });

  it("reads the rows as the page says", async () => {
    const { todos } = await live(
      { rows: [todo(1)] },
      { read: async (response) => (await response.json()).rows },
    );

    expect(todos.items).toEqual([todo(1)]);
  });

  it("takes only deltas with its tag, of any model if none is named", async () => {
    const { datasync, peer, todos } = await live([], { model: undefined, tag: "mine" });

    peer.send("datasync", insert(todo(1), { tag: "mine" }));
    peer.send("datasync", insert(todo(2), { tag: "others" }));
    peer.send("datasync", insert(todo(3), { tag: "mine", model: "Task" }));
    await arrived(datasync, peer);

    expect(todos.items).toEqual([todo(1), todo(3)]);
  });

  it("tells rows and versions apart, transforms and conflates as the page says", async () => {
    const { datasync, peer, requests, todos } = await asked({
      id: "title",
      versionOf: "id",
      conflate: "title",
      transformItem: ({ id, title }: Todo) => ({ id: -id, title }),
    });
    (await requests.take()).answer([todo(7, "a")], "t1");
    const { message } = await peer.serve("acquireSubscription", { offset: "0" });
    peer.send("datasync", insert(todo(6, "a"), { version: 6 }));
    peer.send("datasync", insert(todo(8, "b"), { version: 8 }));
    await arrived(datasync, peer);

    expect(message.params).toMatchObject({ conflate: "title" });
    expect(todos.items).toEqual([todo(-7, "a"), todo(-8, "b")]);
  });

  it("fills a collection of the page's", async () => {
    const shown: Todo[] = [];
    const collection = new ArrayCollection(shown);
    const { datasync, peer, todos } = await live([todo(1)], {
      collection,
      itemsAreEqual: (one: Todo, other: Todo) => one.title === other.title,
    });

    peer.send("datasync", insert(todo(2, "todo 1")));
    await arrived(datasync, peer);

    expect(shown).toEqual([todo(2, "todo 1")]);
    expect(todos.items).toBe(shown);
    expect(todos.collection).toBe(collection);
  });

  it("uses the platform's fetch", async () => {
    const heard: IncomingHttpHeaders[] = [];
    const app = createServer(({ headers }, response) => {
      heard.push(headers);
      response.setHeader("X-Subscription-Token", "t1").end(JSON.stringify([todo(1)]));
    }).listen(0, "127.0.0.1");
    await once(app, "listening");
    const { datasync } = fixture.connect({ datasync: DataSync }).services;

    const url = new URL(`http://127.0.0.1:${(app.address() as AddressInfo).port}/todos`);
    const todos = datasync.fetchAndSubscribe<Todo>(url, { model: "Todo" });
    await (await fixture.server.accept()).serve("acquireSubscription", { offset: "0" });
    await reaches(todos, "live");
    app.close();

    expect(todos.items).toEqual([todo(1)]);
    expect(heard).toMatchObject([{ "x-snorky": "Subscribe" }]);
  });

  it.each<[unknown, object, string]>([
    [5, { model: "Todo" }, "url: number (expected: an address)"],
    ["/", {}, "model: undefined (expected: the name of a model, or a tag)"],
    ["/", { model: 5 }, "model: number (expected: the name of a model, or a tag)"],
    ["/", { model: "T", tag: 5 }, "tag: number (expected: a string)"],
    ["/", { model: "T", collection: [] }, "collection: array (expected: one with replace)"],
    ["/", { model: "T", id: 5 }, "id: number (expected: a member's name, or a function)"],
    [
      "/",
      { model: "T", collection: new SnapshotCollection(), versionOf: "v" },
      "versionOf: string (expected: an option of the collection)",
    ],
    [
      "/",
      { model: "T", itemsAreEqual: () => true, versionOf: "v" },
      "itemsAreEqual: function (expected: id, which versions need)",
    ],
  ])("refuses %j with %j and says what would be right", (url, options, message) => {
    const { datasync } = fixture.connect({ datasync: DataSync }).services;

    expect(() => datasync.fetchAndSubscribe(url as never, options as never)).toThrow(message);
  });
});
