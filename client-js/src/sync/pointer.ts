/** The parts of a JSON pointer (RFC 6901): `/a~1b/0` has `a/b` and `0`, the empty one none. */
export function partsOf(pointer: string): string[] {
  if (pointer === "") {
    return [];
  }
  if (!pointer.startsWith("/")) {
    throw new RangeError(
      `path: ${JSON.stringify(pointer)} (expected: "" or one that begins with /)`,
    );
  }
  return pointer.slice(1).split("/").map(unescaped);
}

/** The JSON pointer of these parts, with `~` and `/` in them escaped. */
export function pointerTo(parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${escaped(String(part))}`).join("");
}

/** The place in a list that a part names, or -1 if it names none. */
export function indexOf(part: string): number {
  return /^(0|[1-9]\d*)$/.test(part) ? Number(part) : -1;
}

function escaped(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

function unescaped(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
