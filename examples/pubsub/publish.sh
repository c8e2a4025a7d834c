#!/bin/sh
# Publishes a message through the HTTP back end: examples/pubsub/publish.sh 'Hello from a shell'
# SNORKY_BACKEND is the address of the back end, SNORKY_BACKEND_KEY its key.
set -eu

message=${1:?usage: publish.sh MESSAGE}
escaped=$(printf '%s' "$message" | tr '\n\t' '  ' | sed 's/[\\"]/\\&/g')

curl --silent --show-error --fail-with-body \
  --header "X-Backend-Key: ${SNORKY_BACKEND_KEY:-swordfish}" \
  --data-binary "{\"service\": \"pubsub_backend\", \"message\": {\"command\": \"publish\",
    \"params\": {\"channel\": \"messages\", \"message\": \"$escaped\"}}}" \
  "${SNORKY_BACKEND:-http://127.0.0.1:5002/backend}"
echo
