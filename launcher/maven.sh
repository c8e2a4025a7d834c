# shellcheck shell=sh
# Finds Maven: after need_maven, maven runs it on the JDK that was found.

maven_needed='3.8'
mvn=

need_maven() {
  [ -z "$mvn" ] || return 0
  need_jdk
  for place in mvn ${MAVEN_HOME:+"$MAVEN_HOME/bin/mvn"} \
    "${HOME:-}/.sdkman/candidates/maven/current/bin/mvn"; do
    if candidate=$(command -v "$place"); then break; fi
  done
  maven_jdk=$jdk
  version=none
  if [ -n "$candidate" ]; then
    version=$(maven_version)
    if [ -z "$version" ]; then
      # An old Maven may not start on a new JDK; on its own it may, and then finds ours for itself.
      maven_jdk=${JAVA_HOME:-}
      version=$(maven_version)
    fi
    version="${version:-one that does not start} ($candidate)"
  fi
  at_least "$version" "$maven_needed" || fail "Maven $maven_needed or newer is needed.
  Found: $version
  Looked at: mvn on the PATH, MAVEN_HOME, SDKMAN
  To get it:
    Debian, Ubuntu   apt-get install maven
    Fedora           dnf install maven
    macOS            brew install maven
    any, by SDKMAN   sdk install maven"
  mvn=$candidate
}

maven_version() {
  run_maven "$candidate" --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p'
}

run_maven() {
  if [ -n "$maven_jdk" ]; then
    JAVA_HOME=$maven_jdk PATH=$maven_jdk/bin:$PATH "$@"
  else
    "$@"
  fi
}

maven() {
  run_maven "$mvn" --batch-mode --no-transfer-progress "$@"
}
