# shellcheck shell=sh
# Measures the server beside its peers.

bench_lib=benchmarks/target/lib
peers=benchmarks/node

run_bench() {
  need_jdk
  build_bench >&2
  cd "$here" || exit 1
  if [ "${1:-}" = micro ]; then
    shift
    exec "$jdk/bin/java" -cp "$root/$bench_lib/*" org.openjdk.jmh.Main -foe true "$@"
  fi
  exec "$jdk/bin/java" --enable-native-access=ALL-UNNAMED \
    -Dsnorky.bench.scripts="$root/$peers" \
    -cp "$root/$bench_lib/*" io.snorky.benchmarks.load.Bench "$@"
}
