import { Snorky } from "./snorky.js";

(globalThis as { Snorky?: unknown }).Snorky = Snorky;
