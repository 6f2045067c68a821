#!/bin/sh
# axe-core for the accessibility tests, at the version of the lock file; nothing of it is shipped.
set -eu
cd "$(dirname "$0")/browser/axe"
[ -f node_modules/axe-core/axe.min.js ] && exit 0
if command -v npm >/dev/null 2>&1; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null || echo "axe-core non si è potuto installare: la prova di accessibilità viene saltata."
else
    echo "Manca npm: la prova di accessibilità (axe-core) viene saltata."
fi
