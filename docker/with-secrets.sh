#!/bin/sh
# with-secrets.sh COMMAND: for each NAME_FILE of the environment sets NAME to what the file holds, then becomes the
# command. The files under provisioning/ name such variables. Grafana reads its own, GF_..__FILE, by itself.
set -eu
for name in $(env | sed -n 's/^\([A-Z][A-Z0-9_]*[A-Z0-9]\)_FILE=..*$/\1/p'); do
  case $name in
    GF_*) continue ;;
  esac
  eval "path=\$${name}_FILE"
  [ -r "$path" ] || { echo "${name}_FILE names a file that cannot be read." >&2; exit 1; }
  value=$(cat "$path")
  export "$name=$value"
  unset "${name}_FILE"
done
exec "$@"
