#!/bin/sh
# Debian packages the tests use: a browser for the journeys, LibreOffice to check exported documents.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installo i pacchetti Debian:$missing"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
else
    echo "Mancano i pacchetti Debian:$missing. Installali come amministratore (apt-get install$missing): senza, le prove nel browser vengono saltate."
fi
