# shellcheck shell=sh
# Builds in parts, each again only if its sources are others than last time.

built=.snorky/built
newer=

# The files at and below some places that are not themselves made; only some if $newer says so.
files() {
  # shellcheck disable=SC2086 # $newer is two words or none
  find "$@" \( -name node_modules -o -name dist -o -name target \) -prune -o -type f $newer -print
}

packages_sources() {
  files package.json package-lock.json .npmrc client-js/package.json examples/package.json
}

client_sources() {
  packages_sources
  files tsconfig.base.json client-js/tsconfig*.json client-js/build client-js/src
}

pages_sources() {
  client_sources
  files examples/build.js examples/tsconfig.json examples/shared-web examples/*/web
}

java_sources() {
  pages_sources
  files pom.xml ./*/pom.xml ./*/src/main examples/*/java | grep -v '^\./benchmarks/'
}

bench_sources() {
  files pom.xml ./*/pom.xml core/src/main server/src/main benchmarks/src/main
}

peers_sources() {
  files "$peers/package.json" "$peers/package-lock.json" "$peers/.npmrc"
}

# Is part $1, which made the file $2, as its sources are now?
fresh() {
  newer=
  { [ -e "$2" ] && "$1_sources" | LC_ALL=C sort | cmp -s - "$built/$1" 2>/dev/null; } || return 1
  newer="-newer $built/$1"
  [ -z "$("$1_sources")" ]
}

# Remembers what part $1 is about to be made of: what changes meanwhile is newer.
remember() {
  newer=
  mkdir -p "$built"
  "$1_sources" | LC_ALL=C sort >"$built/$1.new"
}

made() {
  mv "$built/$1.new" "$built/$1"
}

# Makes part $1, called $3, whose output is the file $2, with function make_$1 unless it is fresh.
part() {
  if fresh "$1" "$2"; then return 0; fi
  remember "$1"
  step "$3" "make_$1" && made "$1"
}

make_packages() {
  npm ci
}

make_client() {
  npm run build -w client-js
}

make_pages() {
  npm run build -w examples
}

make_java() {
  rm -rf "$lib"
  maven -Dmaven.test.skip=true --projects '!benchmarks' package
}

make_bench() {
  rm -rf "$bench_lib"
  maven -Dmaven.test.skip=true --projects benchmarks --also-make package
}

# Bun's package for this platform is the program itself: no script has to be run.
make_peers() (
  cd "$peers" && npm ci --ignore-scripts
)

build_web() {
  part packages node_modules/.package-lock.json 'npm packages' &&
    part client client-js/dist/snorky.bundle.js 'TypeScript client' &&
    part pages examples/todo/web/dist/index.html 'pages of the examples'
}

build() {
  fresh pages examples/todo/web/dist/index.html || need_node
  if ! fresh java "$lib"; then
    need_maven
    [ -e "$built/java" ] || printf 'The first build takes a few minutes.\n'
  fi
  build_web && part java "$lib" 'Java' || exit 1
}

# Whoever has no Node, or not these packages, measures without the peers that run on them.
build_bench() {
  fresh bench "$bench_lib" || need_maven
  part bench "$bench_lib" 'benchmarks' || exit 1
  if (need_node) 2>/dev/null; then
    need_node
    part peers "$peers/node_modules/.package-lock.json" 'peers on Node and Bun'
  else
    printf 'There is no Node: the peers that run on it are missing.\n'
  fi
}

# Runs a command, called $1, with a dot every two seconds; its output only if it fails.
step() {
  printf 'Building %s ...' "$1"
  shift
  began=$(date +%s)
  while sleep 2 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do printf .; done &
  dots=$!
  "$@" >"$log" 2>&1 </dev/null
  status=$?
  { kill "$dots" && wait "$dots"; } 2>/dev/null
  if [ "$status" -ne 0 ]; then
    printf ' failed\n\n'
    tail -n 60 "$log" >&2
    printf '\nThe whole output is in %s/%s\n' "$root" "$log" >&2
    return 1
  fi
  printf ' %d s\n' $(($(date +%s) - began))
}
