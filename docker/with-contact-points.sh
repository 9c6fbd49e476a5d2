#!/bin/sh
# with-contact-points.sh COMMAND: gives Grafana the provisioning of GF_PATHS_PROVISIONING together with the contact
# points whose variables are set, then becomes the command. As stack/src/grafana/provisioning.ts does for npm start.
set -eu
from=$GF_PATHS_PROVISIONING
to=$(mktemp -d)
for folder in "$from"/*/; do
  name=$(basename "$folder")
  case $name in
    alerting | contact-points) ;;
    *) ln -s "${folder%/}" "$to/$name" ;;
  esac
done
mkdir "$to/alerting"
cp "$from"/alerting/* "$to/alerting"
for file in "$from"/contact-points/set/*.json; do
  name=$(basename "$file" .json)
  eval "value=\${$name:-}"
  if [ -n "$value" ]; then chosen=set; else chosen=unset; fi
  cp "$from/contact-points/$chosen/$name.json" "$to/alerting/contact-point-$name.json"
done
export GF_PATHS_PROVISIONING="$to"
exec "$@"
