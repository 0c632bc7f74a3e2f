# shellcheck shell=bash
# Debian packages that the tests need; sourced by script/test. What is installed here never runs as a service.

# As root, or by a sudo that asks for no password.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n -- "$@"; fi
}

# Why packages cannot be installed here; nothing when they can.
why_no_apt() {
  if ! command -v apt-get >/dev/null 2>&1; then
    printf 'there is no apt-get here'
  elif [ "$(id -u)" != 0 ] && ! sudo -n true >/dev/null 2>&1; then
    printf 'installing packages needs root, or sudo without a password'
  fi
}

# apt_install LOG PACKAGE…: installs those that this Debian has. Its services are neither started now nor at the next boot.
apt_install() (
  local log=$1 policy=/usr/sbin/policy-rc.d package known=()
  shift
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >>"$log" 2>&1 || true
  for package in "$@"; do
    if apt-cache show "$package" >/dev/null 2>&1; then known+=("$package"); fi
  done
  [ ${#known[@]} -gt 0 ] || return 1
  if [ ! -e "$policy" ]; then
    trap 'as_root rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${known[@]}" >>"$log" 2>&1 ||
    return 1
  if command -v systemctl >/dev/null 2>&1; then
    for package in "${known[@]}"; do as_root systemctl disable --now "$package" >>"$log" 2>&1 || true; done
  fi
)

has_lua() {
  [ -e "/usr/share/lua/5.3/$1.lua" ] || [ -e "/usr/share/lua/5.4/$1.lua" ]
}

# Proxies are in /usr/sbin, where not every user looks. Apache needs LuaSocket and LuaSec besides.
has_proxy() {
  PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1 || return 1
  [ "$1" != apache2 ] || { has_lua socket && has_lua ssl; }
}

# The reverse proxies that some tests put in front of the gate. Says which are missing, and why.
need_proxies() {
  local log=$1 proxy missing=() wanted=() reason
  for proxy in nginx caddy haproxy apache2; do
    if has_proxy "$proxy"; then continue; fi
    case $proxy in
      # The program alone: the package "apache2" is its service.
      apache2) wanted+=(apache2-bin lua-socket lua-sec) ;;
      *) wanted+=("$proxy") ;;
    esac
  done
  if [ ${#wanted[@]} -eq 0 ]; then return; fi
  reason=$(why_no_apt)
  if [ -z "$reason" ]; then
    say "Installing ${wanted[*]} from Debian's packages …"
    apt_install "$log" "${wanted[@]}" || tail -n 5 "$log"
    reason="apt-get could not install them"
  fi
  for proxy in nginx caddy haproxy apache2; do
    if ! has_proxy "$proxy"; then missing+=("$proxy"); fi
  done
  if [ ${#missing[@]} -eq 0 ]; then return; fi
  say "The tests behind ${missing[*]} do not run: $reason."
}
