/** The address of the endpoint with the page's objects: `sync`, beside the page. */
export function syncAddress(page: { readonly href: string }): string {
  const address = new URL("sync", page.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}
