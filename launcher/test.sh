# shellcheck shell=sh
# Runs all tests and counts them.

passed=0
failed=0
summary=

# Runs the checks called $1. Afterwards function $2 prints how many tests passed and failed, or
# nothing where they are not counted; the rest is the command. What fails without a test that does
# counts as one, and so does what runs no test.
stage() {
  title=$1
  counts=$2
  shift 2
  printf '\n== %s\n\n' "$title"
  "$@"
  status=$?
  result=$("$counts")
  stage_passed=${result%% *}
  stage_failed=${result##* }
  outcome=${result:+"$stage_passed passed, $stage_failed failed"}
  unseen=0
  if [ "$result" = '0 0' ]; then
    outcome='no test has run'
    unseen=1
  fi
  if [ "$status" -ne 0 ] && [ "${stage_failed:-0}" -eq 0 ]; then
    outcome=${outcome:+"$outcome; "}"failed with exit code $status"
    unseen=1
  fi
  record "${outcome:-all well}" "${stage_passed:-0}" $((${stage_failed:-0} + unseen))
  return "$status"
}

# Adds a line to the summary, and to the numbers of tests that passed and failed.
record() {
  summary="$summary
  $title: $1"
  passed=$((passed + $2))
  failed=$((failed + $3))
}

uncounted() {
  :
}

junit_counts() {
  find . -name node_modules -prune -o -path '*/target/surefire-reports/TEST-*.xml' -print |
    while read -r report; do
      sed -n 's/.*<testsuite .* tests="\([0-9]*\)" errors="\([0-9]*\)" skipped="\([0-9]*\)" failures="\([0-9]*\)".*/\1 \2 \3 \4/p' "$report"
    done | awk '{ failed += $2 + $4; passed += $1 - $2 - $3 - $4 } END { print passed + 0, failed + 0 }'
}

vitest_report=.snorky/vitest.json

# Runs npm with these arguments, which lead to Vitest.
vitest() {
  rm -f "$vitest_report"
  npm "$@" --reporter=default --reporter=json --outputFile.json="$root/$vitest_report"
}

vitest_counts() {
  {
    cat "$vitest_report"
    echo '{"numPassedTests":0,"numFailedTests":0'
  } | sed -n 's/^{[^{}]*"numPassedTests":\([0-9]*\),"numFailedTests":\([0-9]*\).*/\1 \2/p' | head -n 1
}

# The tests of the pages may run in Node; those that matter need the browser.
browser_counts() {
  if grep -q '/test-browser/[^"]*\.test\.ts"' "$vitest_report"; then
    vitest_counts
  else
    echo 0 0
  fi
}

verify_java() {
  find . -name node_modules -prune -o -name surefire-reports -prune -exec rm -r {} +
  rm -rf "$lib"
  remember java
  maven verify && made java
}

run_tests() {
  need_maven
  need_node
  need_chromium
  title='Build of the pages'
  if build_web; then
    stage 'Java' junit_counts verify_java
    java_status=$?
    stage 'Types, lint and format of TypeScript' uncounted npm run check
    stage 'TypeScript client' vitest_counts vitest test -w client-js --
    if [ "$java_status" -eq 0 ]; then
      export JAVA_HOME="$jdk"
      stage 'Launcher and README' vitest_counts vitest exec -- vitest run --root launcher
      stage 'Pages in Node and browser' browser_counts vitest run test:browser -w examples --
    else
      title='Launcher, README, pages and browser'
      record 'not run, for the Java part has failed' 0 1
    fi
  else
    record failed 0 1
  fi
  printf '\n== Summary\n%s\n\n%d passed, %d failed\n' "$summary" "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
