/** An address as it may be shown in errors and logs: what may be secret is left out. */
export function shownAddress(address: string): string {
  return address.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");
}
