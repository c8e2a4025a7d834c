# shellcheck shell=sh
# Finds Node: after need_node, node and npm are on the PATH.

node_needed='20.19'
node_found=

need_node() {
  [ -z "$node_found" ] || return 0
  nodes_seen=
  newest=0.0
  if on_path=$(command -v node); then
    consider_node "$on_path"
  fi
  if ! at_least "$newest" "$node_needed"; then
    for place in "${NVM_DIR:-${HOME:-}/.nvm}"/versions/node/*/bin/node \
      "${HOME:-}"/.asdf/installs/nodejs/*/bin/node \
      "${HOME:-}"/.local/share/mise/installs/node/*/bin/node \
      "${HOME:-}"/.local/share/fnm/node-versions/*/installation/bin/node \
      "${HOME:-}"/.volta/tools/image/node/*/bin/node \
      /opt/homebrew/opt/node*/bin/node /usr/local/opt/node*/bin/node; do
      if [ -x "$place" ]; then consider_node "$place"; fi
    done
  fi
  at_least "$newest" "$node_needed" || fail "Node $node_needed or newer is needed.
  Found:${nodes_seen:- none}
  Looked at: node on the PATH, Homebrew, nvm, asdf, mise, fnm, Volta
  To get it:
    Debian, Ubuntu   the packages of NodeSource, or those of Debian 13
    Fedora           dnf install nodejs
    macOS            brew install node
    any, by nvm      nvm install --lts"
  if [ "$node_found" != "$on_path" ]; then
    PATH=$(dirname "$node_found"):$PATH
  fi
  command -v npm >/dev/null || fail "npm is needed, which usually comes with Node.
  Found: Node $newest ($node_found) without npm
  Looked at: npm on the PATH and beside node
  To get it:
    Debian, Ubuntu   apt-get install npm
    Fedora           dnf install nodejs-npm"
}

# Takes a node into account if it is newer than those before.
consider_node() {
  version=$("$1" --version 2>/dev/null)
  version=${version#v}
  nodes_seen="$nodes_seen
    Node ${version:-?}  $1"
  if at_least "$version" "$newest"; then
    newest=$version
    node_found=$1
  fi
}
