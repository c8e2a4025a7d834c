import { Chat, Snorky } from "snorky";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Login } from "../login.js";
import { nameOfThisTab } from "../person.js";

/** A connection whose other end is the test. */
class TestSocket {
  static latest: TestSocket;
  readonly commands: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  private lastCall: { readonly service: string; readonly callId: number } | undefined;

  constructor() {
    TestSocket.latest = this;
  }

  send(text: string): void {
    const { service, message } = JSON.parse(text);
    this.commands.push(`${service}.${message.command}`);
    this.lastCall = { service, callId: message.callId };
  }

  /** Answers the last call. */
  answer(message: object): void {
    const { service, callId } = this.lastCall as { service: string; callId: number };
    this.onmessage?.({ data: JSON.stringify({ service, message: { callId, ...message } }) });
  }

  close(): void {}
}

const refused = vi.fn();
let snorky: Snorky<{ login: typeof Login; chat: typeof Chat }>;
let login: Login;

beforeEach(() => {
  vi.stubGlobal("localStorage", storage());
  vi.stubGlobal("sessionStorage", storage());
  refused.mockClear();
  snorky = new Snorky(TestSocket, "ws://test", { login: Login, chat: Chat }, { onError: () => {} });
  login = snorky.services.login;
  login.nameLost.add(refused);
  TestSocket.latest.onopen?.();
});

afterEach(() => {
  snorky.disconnect();
  vi.unstubAllGlobals();
});

it("says the name again on a new connection, before anything else", async () => {
  await loggedIn("Ada");
  const joined = snorky.services.chat.join({ channel: "Lobby" });
  TestSocket.latest.answer({ type: "response", data: { members: ["Ada"] } });
  await joined;

  connectAnew();

  expect(TestSocket.latest.commands).toEqual(["login.login", "chat.join"]);
});

it("tells when somebody else has the name meanwhile, and does not say it again", async () => {
  await loggedIn("Ada");

  connectAnew();
  TestSocket.latest.answer({ type: "error", message: "Somebody else is Ada" });
  await vi.waitFor(() => expect(refused).toHaveBeenCalledOnce());
  connectAnew();

  expect(refused.mock.calls[0]?.[0].message).toBe("Somebody else is Ada");
  expect(TestSocket.latest.commands).toEqual([]);
});

it("remembers who the tab is, until it is nobody", async () => {
  await loggedIn("Ada");
  expect(nameOfThisTab()).toBe("Ada");

  login.logout();
  TestSocket.latest.onopen?.();

  expect(nameOfThisTab()).toBeNull();
  expect(TestSocket.latest.commands).toEqual([]);
});

async function loggedIn(name: string): Promise<void> {
  const known = login.login(name);
  TestSocket.latest.answer({ type: "response", data: name });
  expect(await known).toBe(name);
}

function connectAnew(): void {
  TestSocket.latest.onclose?.();
  snorky.connect();
  TestSocket.latest.onopen?.();
}

function storage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => items.set(key, value),
    removeItem: (key) => items.delete(key),
  };
}
