# shellcheck shell=sh
# Finds a browser: after need_chromium, CHROMIUM is its path.

need_chromium() {
  if find_chromium; then return 0; fi
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    printf 'Installing Chromium for the browser tests\n'
    { apt-get update && apt-get install -y chromium; } >"$log" 2>&1 || tail -n 20 "$log" >&2
    if find_chromium; then return 0; fi
  fi
  fail "Chromium is needed for the browser tests, and none that starts was found.
  Looked at: CHROMIUM, chromium, chromium-browser, google-chrome and google-chrome-stable on the
    PATH, macOS applications, Playwright's own browsers
  To get one:
    Debian           apt-get install chromium
    Fedora           dnf install chromium
    macOS            brew install --cask chromium
    any              npx playwright-core install chromium
  or set CHROMIUM to the path of one."
}

find_chromium() {
  if [ -n "${CHROMIUM:-}" ]; then
    "$CHROMIUM" --version >/dev/null 2>&1 ||
      fail "CHROMIUM: \"$CHROMIUM\" (expected: the path of a Chromium or Chrome that starts)"
    return 0
  fi
  for place in chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' \
    "${PLAYWRIGHT_BROWSERS_PATH:-${HOME:-}/.cache/ms-playwright}"/chromium-*/chrome-linux*/chrome \
    "${HOME:-}"/Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*; do
    if candidate=$(command -v "$place") && "$candidate" --version >/dev/null 2>&1; then
      export CHROMIUM="$candidate"
      return 0
    fi
  done
  return 1
}
