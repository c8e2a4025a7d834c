import { Cursors, Snorky } from "snorky";
import { Login } from "../../login/web/login.js";
import { lastName, nameOfThisTab } from "../../login/web/person.js";
import { markConnection, RECONNECT, serverAddress } from "../../shared-web/connection.js";
import { Board } from "./board.js";
import { control } from "./controls.js";
import { Place } from "./place.js";
import { hueOf } from "./pointer.js";

const snorky = new Snorky(
  WebSocket,
  serverAddress(location),
  { login: Login, cursors: Cursors }, // in this order: who has no name cannot join
  { reconnect: RECONNECT },
);
const { login, cursors } = snorky.services;
const find = <E extends HTMLElement>(selector: string) => document.querySelector(selector) as E;
const form = find<HTMLFormElement>("#name-form");
const nameField = find<HTMLInputElement>("#name");
const board = new Board(find("#board"));
let place: Place | null = null;

async function enter(name: string): Promise<void> {
  const me = await login.login(name);
  const joined = await cursors.join({ document: "board" });
  form.hidden = true;
  find("#place").hidden = false;
  find("#me").hidden = false;
  find("#me strong").textContent = me;
  place = new Place(joined, board, me, () => list(me));
  board.element.focus();
}

function leave(problem: string | null): void {
  place?.end();
  place = null;
  find("#place").hidden = true;
  find("#me").hidden = true;
  form.hidden = false;
  nameField.focus();
  refuse(problem);
}

function refuse(problem: string | null): void {
  find("#refusal").textContent = problem;
  find("#refusal").hidden = problem === null;
}

/** Shows who is here. */
function list(me: string): void {
  const items = board.names.map((name) => {
    const item = document.createElement("li");
    item.textContent = name === me ? `${name} (you)` : name;
    item.style.setProperty("--hue", hueOf(name));
    return item;
  });
  find("#people").replaceChildren(...items);
}

nameField.value = lastName();
form.addEventListener("submit", (event) => {
  event.preventDefault();
  refuse(null);
  enter(nameField.value.trim()).catch((error: Error) => refuse(error.message));
});
find("#me button").addEventListener("click", () => {
  leave(null);
  login.logout();
});
control(board.element, {
  get position() {
    return place?.position ?? { x: 0.5, y: 0.5 };
  },
  move: (to) => place?.move(to),
  ripple: () => place?.ripple(),
});
cursors.documentLost.add(({ error }) => place && leave(error.message));
login.nameLost.add((error) => leave(error.message));
snorky.connected.add(() => board.element.removeAttribute("data-lost"));
snorky.disconnected.add(() => board.element.setAttribute("data-lost", ""));
markConnection(snorky, find("#connection"), "Reconnecting… Nobody sees you move.");
const name = nameOfThisTab();
if (name !== null) {
  enter(name).catch((error: Error) => refuse(error.message));
}
