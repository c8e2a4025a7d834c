import { answers, type Example } from "./example.js";

/** An example on the page. */
export interface Card {
  readonly element: HTMLElement;
  /** Looks whether the example answers, and shows it. */
  check(): Promise<void>;
}

export function cardOf({ title, description, url, source }: Example): Card {
  const link = create("a", { href: url, textContent: title });
  const status = create("p", { className: "status", textContent: "Looking…" });
  const readme = create("code", { textContent: `${source}/README.md` });
  const element = create("li", { className: "card example" });
  const heading = create("h2", {});
  heading.append(link);
  const foot = create("div", { className: "foot" });
  foot.append(status, readme);
  element.append(heading, create("p", { textContent: description }), foot);
  return {
    element,
    async check() {
      const running = await answers(url);
      status.dataset.running = String(running);
      status.textContent = running ? "Running" : "Not reachable";
    },
  };
}

function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), properties);
}
