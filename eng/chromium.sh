#!/usr/bin/env bash
# Installs Chromium for the tests of the playground where there is none, apt is there, and this user may. Elsewhere it goes on
# without: those tests are then skipped by name.
set -u
for name in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable msedge microsoft-edge; do
  [ -n "$name" ] && command -v "$name" >/dev/null && exit 0
done
command -v apt-get >/dev/null || { echo "No Chromium, and no apt to install it with: the playground's tests will be skipped."; exit 0; }
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  sudo -n true 2>/dev/null || { echo "No Chromium, and no right to install it: the playground's tests will be skipped."; exit 0; }
  as_root=(sudo -n)
fi
install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y --no-install-recommends chromium fonts-dejavu-core >/dev/null 2>&1; }
install || { "${as_root[@]}" timeout 120 apt-get update >/dev/null 2>&1; install; } || echo "Chromium cannot be installed here: the playground's tests will be skipped."
exit 0
