// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import { connectedNotes } from "../support/sync-fixture.js";

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
