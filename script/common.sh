# shellcheck shell=bash
# Shared by start, test and check; sourced, never run. Works with bash 3.2 (macOS) and spaces in paths.
set -euo pipefail
unset CDPATH

caller_dir=$PWD
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

export NEXT_TELEMETRY_DISABLED=1
build_dir=${NEXT_DIST_DIR:-.next}
stamp="$build_dir/gatehouse-build"

say() { printf '%s\n' "$*"; }
die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# A path as its user typed it, seen from where they typed it.
absolute() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s' "$caller_dir/$1" ;;
  esac
}

# The one place that says which Node is needed; package.json's "engines" says the same to npm.
need_node() {
  command -v node >/dev/null 2>&1 ||
    die "Gatehouse needs Node.js 20.9 or newer, and there is no 'node' here. Install it from your package manager or nodejs.org, then run this again."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 9) ? 0 : 1)' ||
    die "Gatehouse needs Node.js 20.9 or newer; this is $(node --version). Install a newer one, then run this again."
  command -v npm >/dev/null 2>&1 ||
    die "Gatehouse is installed with npm, and there is no 'npm' here. It comes with Node.js; some distributions package it apart ('apt-get install npm')."
}

# npm writes node_modules/.package-lock.json last: older than our lock file means not finished or not ours.
need_packages() {
  local installed=node_modules/.package-lock.json
  if [ -f "$installed" ] && [ ! package-lock.json -nt "$installed" ]; then return; fi
  say "Installing packages (once, about a minute) …"
  npm ci --include=dev --no-audit --no-fund --loglevel=error ||
    die "npm could not install the packages. What went wrong is above; most often it is the network or a full disk. Nothing else was changed."
  touch "$installed"
}

# Everything a build reads. A folder counts too, so that a deleted file is noticed.
sources=(app components lib db practice server.ts gate.ts instrumentation.ts proxy.ts next.config.ts postcss.config.mjs
  tsconfig.json package-lock.json script/bundle.mjs)

build_is_fresh() {
  [ -f "$stamp" ] && [ -f "$build_dir/BUILD_ID" ] && [ -f dist/server.mjs ] || return 1
  local source present=()
  for source in "${sources[@]}"; do
    if [ -e "$source" ]; then present+=("$source"); fi
  done
  [ -z "$(find "${present[@]}" -newer "$stamp" ! -name '*.test.ts' ! -name '*.test.tsx' -print 2>/dev/null | head -n 1)" ]
}

# The stamp carries the time the build began: a file saved while it ran makes the next start build again.
need_build() {
  if build_is_fresh; then return; fi
  say "Building (once after each change, about a minute) …"
  mkdir -p "$build_dir"
  local began="$build_dir/gatehouse-build.began"
  rm -f "$stamp"
  touch "$began"
  NODE_ENV=production npm run --silent build || die "The build failed; what went wrong is above."
  mkdir -p "$build_dir"
  if [ -f "$began" ]; then mv "$began" "$stamp"; else touch "$stamp"; fi
}
