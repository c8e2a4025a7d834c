import { Snorky } from "snorky";
import { markConnection, RECONNECT, serverAddress } from "../../shared-web/connection.js";
import { Calculator, type Progress } from "./calculator.js";
import { Tape } from "./tape.js";

const snorky = new Snorky(
  WebSocket,
  serverAddress(location),
  { calculator: Calculator },
  { reconnect: RECONNECT },
);
const { calculator } = snorky.services;
const find = <E extends HTMLElement>(selector: string) => document.querySelector(selector) as E;
const tape = new Tape(find("#tape"));
const arithmetic = find<HTMLFormElement>("#arithmetic");
const primes = find<HTMLFormElement>("#primes");

arithmetic.addEventListener("submit", (event) => {
  event.preventDefault();
  const { a, b, command } = fieldsOf(arithmetic) as Record<"a" | "b" | "command", string>;
  const sign = find<HTMLSelectElement>("select").selectedOptions[0]?.text;
  const params = { a: numberIn(a), b: numberIn(b) };
  tape.write(`${a} ${sign} ${b}`, calculator[command as "add"](params));
});

primes.addEventListener("submit", async (event) => {
  event.preventDefault();
  const below = fieldsOf(primes).below as string;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.ariaLabel = "Counted so far";
  const follow = (notification: unknown) => {
    bar.value = (notification as Progress).percent;
  };
  const button = find<HTMLButtonElement>("#primes button");
  button.disabled = true; // the server counts once at a time for each page
  calculator.notificationReceived.add(follow);
  const count = calculator.countPrimes({ below: numberIn(below) });
  tape.write(`Primes below ${below}`, count).append(bar);
  await Promise.allSettled([count]);
  calculator.notificationReceived.remove(follow);
  bar.remove();
  button.disabled = false;
});

const commands = {
  sleep: () => calculator.sleep({ millis: 1000 }),
  root: () => calculator.root(),
  fail: () => calculator.fail(),
};
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-command]")) {
  button.addEventListener("click", () => {
    const command = button.dataset.command as keyof typeof commands;
    tape.write(button.textContent, commands[command]());
  });
}

markConnection(snorky, find("#connection"), "Reconnecting… What you ask waits until then.");

function fieldsOf(form: HTMLFormElement): Record<string, FormDataEntryValue> {
  return Object.fromEntries(new FormData(form));
}

/** What is no number goes to the server as it is: it knows best what it takes. */
function numberIn(text: string): number {
  const number = Number(text);
  const isNone = text.trim() === "" || !Number.isFinite(number);
  return isNone ? (text as unknown as number) : number;
}
