/**
 * The address of a Snorky server.
 *
 * @param setting `:5001/ws` for that port of the page's own host, or a whole address
 * @param page where the page came from
 */
export function websocketAddress(
  setting: string,
  page: { readonly protocol: string; readonly hostname: string },
): string {
  if (!setting.startsWith(":")) {
    return setting;
  }
  return `${page.protocol === "https:" ? "wss:" : "ws:"}//${page.hostname}${setting}`;
}
