#!/usr/bin/env bash
# Writes Agents.sln anew from the projects that are there, so that a merge never has to be done by hand.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -f Agents.sln
dotnet new sln -n Agents -f sln >/dev/null
git ls-files -co --exclude-standard '*.csproj' | grep -v '^eng/' | sort | xargs dotnet sln Agents.sln add >/dev/null
