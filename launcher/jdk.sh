# shellcheck shell=sh
# Finds the newest JDK of this machine: need_jdk sets $jdk to its directory.

java_needed=21
jdk=
jdk_version=0
jdks_seen=

# Takes a directory into account that may hold a JDK. Its file "release" spares starting a JVM.
consider_jdk() {
  home=$(cd "$1" 2>/dev/null && pwd -P) || return 0
  [ -x "$home/bin/java" ] && [ -f "$home/release" ] || return 0
  case "$jdks_seen
" in
    *"  $home
"*) return 0 ;;
  esac
  version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$home/release")
  version=${version#1.}
  version=${version%%[!0-9]*}
  kind=JDK
  [ -x "$home/bin/javac" ] || kind='without a compiler'
  jdks_seen="$jdks_seen
    Java ${version:-?} ($kind)  $home"
  if [ "$kind" = JDK ] && [ "${version:-0}" -gt "$jdk_version" ]; then
    jdk=$home
    jdk_version=$version
  fi
}

# The directory of the program $1, links followed.
directory_of() {
  program=$(command -v "$1") || return 1
  while [ -h "$program" ]; do
    target=$(readlink "$program")
    case $target in
      /*) program=$target ;;
      *) program=$(dirname "$program")/$target ;;
    esac
  done
  dirname "$program"
}

need_jdk() {
  [ -z "$jdk" ] || return 0
  if [ -n "${JAVA_HOME:-}" ]; then consider_jdk "$JAVA_HOME"; fi
  if on_path=$(directory_of java); then consider_jdk "$on_path/.."; fi
  if [ -x /usr/libexec/java_home ]; then
    consider_jdk "$(/usr/libexec/java_home -v "$java_needed+" 2>/dev/null)"
  fi
  for place in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.gradle/jdks/* \
    "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.local/share/mise/installs/java/*; do
    consider_jdk "$place"
  done
  [ "$jdk_version" -ge "$java_needed" ] || fail "Java $java_needed or newer is needed, as a JDK, and none was found.
  Found:${jdks_seen:- no Java at all}
  Looked at: JAVA_HOME, java on the PATH, the system's JDK directories, Homebrew,
    SDKMAN, asdf, mise, ~/.jdks, ~/.gradle/jdks, macOS java_home
  To get one:
    Debian 13, Ubuntu  apt-get install openjdk-21-jdk
    Fedora             dnf install java-latest-openjdk-devel
    macOS              brew install openjdk
    any, by SDKMAN     sdk install java
  or set JAVA_HOME to the directory of one."
}
