import { describe, expect, it } from "vitest";
import { arrived, reaches, sendInsert, todo, useLive } from "../support/live.js";

const fixture = useLive();

describe("A live subscription that is stopped", () => {
  it("while it is live, cancels its token and applies nothing more", async () => {
    const { datasync, peer, subscription } = await fixture.live([todo(1)], "t1");

    subscription.stop();
    subscription.stop();
    subscription.resync();
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });
    sendInsert(peer, todo(2));
    await arrived(datasync, peer);

    expect(subscription.state).toEqual({ type: "stopped" });
    expect(fixture.todos.items).toEqual([todo(1)]);
    expect(fixture.app.open).toBe(0);
  });

  it("during the request, ends it and does not acquire its token", async () => {
    const { datasync, peer, subscription } = await fixture.connected();
    const request = await fixture.app.request();

    subscription.stop();
    expect(request.signal.aborted).toBe(true);
    request.answer([todo(1)], "t1");
    await arrived(datasync, peer);

    expect(fixture.todos.items).toEqual([]);
    expect(fixture.server.clock.running).toBe(0);
  });

  it("during the acquisition, cancels the token when it has it", async () => {
    const { peer, subscription } = await fixture.connected();
    (await fixture.app.request()).answer([todo(1)], "t1");
    const call = await peer.call("acquireSubscription");

    subscription.stop();
    peer.answer(call);

    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });
    expect(fixture.todos.items).toEqual([]);
  });

  it("during the wait for the next attempt, makes none", async () => {
    const { subscription } = await fixture.connected();
    (await fixture.app.request()).fail("503");
    await reaches(subscription, "stale");

    subscription.stop();

    expect(fixture.server.clock.running).toBe(0);
  });

  it("without a connection, does nothing on the next one", async () => {
    const { snorky, datasync, subscription, cut } = await fixture.live([todo(1)]);
    await cut();

    subscription.stop();
    snorky.connect();
    const second = await fixture.server.server.accept();
    await arrived(datasync, second);

    expect(fixture.app.open).toBe(0);
  });

  it("by a listener of another, while the connection is lost, stays stopped", async () => {
    const { datasync, peer, subscription, cut } = await fixture.live([]);
    const other = fixture.keepSynced(datasync);
    (await fixture.app.request()).answer([], "t2");
    await peer.serve("acquireSubscription");
    await reaches(other, "live");
    subscription.stateChanged.add(() => other.stop());

    await cut();

    expect(other.state).toEqual({ type: "stopped" });
  });

  it("by its own listeners, stops there and then", async () => {
    for (const type of ["syncing", "live"]) {
      const { datasync, peer, subscription } = await fixture.connected();
      subscription.stateChanged.add((state) => state.type === type && subscription.stop());
      if (type === "syncing") {
        (await fixture.app.request()).fail("503");
        await reaches(subscription, "stale");
        fixture.server.clock.advance(250);
      } else {
        (await fixture.app.request()).answer([todo(1)], "t1");
        await peer.serve("acquireSubscription");
        await peer.serve("cancelSubscription");
      }
      await arrived(datasync, peer);

      expect(subscription.state).toEqual({ type: "stopped" });
      expect(fixture.app.open).toBe(0);
      expect(fixture.server.clock.running).toBe(0);
    }
  });

  it("while it shows what it has fetched, cancels its token", async () => {
    const { datasync, peer, subscription } = await fixture.connected({
      apply: () => subscription.stop(),
    });
    (await fixture.app.request()).answer([todo(1)], "t1");

    await peer.serve("acquireSubscription", { offset: "1" });
    expect((await peer.serve("cancelSubscription")).message.params).toEqual({ token: "t1" });
    fixture.keepSynced(datasync);
    (await fixture.app.request()).answer([todo(2)], "t2");
    await peer.serve("acquireSubscription");

    expect(subscription.state).toEqual({ type: "stopped" });
  });
});
