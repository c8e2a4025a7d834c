const KEY = "snorky-key";
const NAME = "snorky-name";

/** A secret by which the server knows the tabs of this browser as one person's. */
export function keyOfThisBrowser(): string {
  const known = localStorage.getItem(KEY);
  if (known !== null) {
    return known;
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  localStorage.setItem(KEY, key);
  return key;
}

/** Who this tab was before it was loaded again. */
export function nameOfThisTab(): string | null {
  return sessionStorage.getItem(NAME);
}

/** Who somebody in this browser was last, to propose it. */
export function lastName(): string {
  return localStorage.getItem(NAME) ?? "";
}

/** Remembers who this tab is; null: nobody. */
export function rememberName(name: string | null): void {
  if (name === null) {
    sessionStorage.removeItem(NAME);
  } else {
    sessionStorage.setItem(NAME, name);
    localStorage.setItem(NAME, name);
  }
}
