#!/bin/sh
# Puts the committed state of this checkout beside what runs, and makes it the one that starts next.
# As root, for a first start and for every update; what runs is not touched before its restart.
set -eu
cd "$(dirname "$0")/.."
release=/opt/limber/$(git rev-parse --short HEAD)

umask 022
rm -rf "$release/src"  # whatever an earlier run left would be packed as well
install -d "$release/src"
git archive HEAD | tar -x -C "$release/src"
python3 -m venv "$release"
"$release/bin/pip" install --quiet --require-hashes -r "$release/src/deploy/constraints.txt"
"$release/bin/pip" install --quiet --no-deps --no-build-isolation "$release/src"
"$release/bin/limber" content check > /dev/null

id limber > /dev/null 2>&1 || useradd --system --home-dir /var/lib/limber --shell /usr/sbin/nologin limber
install -d -m 0755 /etc/limber
install -d -o limber -g limber -m 0700 /etc/limber/keys /var/lib/limber /var/backups/limber
install -m 0755 "$release/src/deploy/limber" /usr/local/bin/limber
install -m 0644 "$release/src/deploy/limber.service" "$release/src/deploy/limber-backup.service" \
  "$release/src/deploy/limber-backup.timer" /etc/systemd/system/
ln -sfn "$release" /opt/limber/current
systemctl daemon-reload
echo "$release starts next. Earlier ones beside it can be removed."
