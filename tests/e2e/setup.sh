#!/usr/bin/env bash
# Installs the real clients and servers that tests/e2e.rs drives, into target/e2e. Without it those tests are skipped.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p target/e2e
cd target/e2e
[ -e package.json ] || echo '{"private":true,"type":"module"}' >package.json
npm install --silent --no-audit --no-fund \
    @modelcontextprotocol/sdk@1 \
    @modelcontextprotocol/server-everything@2026 \
    @modelcontextprotocol/server-filesystem@2026
[ -e venv ] || python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'mcp>=2.3,<3' mcp-server-git mcp-server-time
