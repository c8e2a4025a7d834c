// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from "vitest";
import { connectedNotes } from "../support/sync-fixture.js";

afterEach(() => vi.restoreAllMocks());

it("A file that the server sends is saved under its name", async () => {
  const saved: { name: string; blob: Blob }[] = [];
  let blob = new Blob();
  vi.spyOn(URL, "createObjectURL").mockImplementation((given) => {
    blob = given as Blob;
    return "blob:1";
  });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push({ name: this.download, blob });
  });
  const { server, reports } = connectedNotes();

  server.socket.toClient({ type: "_DOWNLOAD", data: { filename: "a.txt", data: btoa("hé") } });
  server.socket.toClient({ type: "_DOWNLOAD", data: { filename: "b.txt" } });
  server.socket.settle();

  expect(saved.map(({ name }) => name)).toEqual(["a.txt"]);
  expect(new Uint8Array((await saved[0]?.blob.arrayBuffer()) ?? [])).toEqual(
    new Uint8Array([0x68, 0xe9]),
  );
  expect(reports[0]).toContain("_DOWNLOAD: its data is malformed");
});

describe("A file that is to be fetched", () => {
  function clicked(endpoint: string, ...urls: unknown[]) {
    const links: HTMLAnchorElement[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      links.push(this);
    });
    const { server, reports } = connectedNotes("plain", { url: endpoint });
    for (const url of urls) {
      server.socket.toClient({ type: "_DOWNLOAD", data: { filename: "a/b.zip", url } });
    }
    server.socket.settle();
    return { links, reports };
  }

  it.each([
    ["wss://live.example/a/sync?x=1#y", "https://live.example/a/sync/download/T-0_k"],
    ["ws://live.example:5001", "http://live.example:5001/download/T-0_k"],
    ["https://host/sockjs/", "https://host/sockjs/download/T-0_k"],
  ])("from a server at %s is below that", (endpoint, address) => {
    const { links, reports } = clicked(endpoint, "download/T-0_k");

    expect(reports).toEqual([]);
    expect(links.map(({ href }) => href)).toEqual([address]);
    expect(links[0]).toMatchObject({ download: "a/b.zip", rel: "noreferrer", target: "_blank" });
  });

  it("below an address that is relative to the page is, too", () => {
    window.history.replaceState(null, "", "/dir/page.html");

    const { links } = clicked("sync", "download/T");

    expect(links.map(({ href }) => href)).toEqual([
      `${window.location.origin}/dir/sync/download/T`,
    ]);
  });

  it("is fetched from nowhere else", () => {
    const others = [
      "javascript:alert(1)",
      "https://evil.example/download/T",
      "//evil.example/x",
      "/download/T",
      "download/../secret",
      "download/T?x",
      "download/",
      "download/T\n",
      7,
      null,
    ];

    const { links, reports } = clicked("wss://live.example/sync", ...others);

    expect(links).toEqual([]);
    expect(reports).toHaveLength(others.length);
    expect(reports[0]).toContain("javascript:alert(1) (expected: download/ and a token)");
  });
});
