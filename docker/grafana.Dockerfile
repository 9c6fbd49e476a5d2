# Grafana with the plugin and the provisioning of this repository. Build it from the repository's root.
FROM node:20.20.2-bookworm-slim AS frontend
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
RUN npm ci --no-progress -w grafana-plugin
COPY grafana-plugin grafana-plugin
RUN npm run build -w grafana-plugin

FROM golang:1.26.8-bookworm AS backend
WORKDIR /app
COPY grafana-plugin/go.mod grafana-plugin/go.sum ./
RUN go mod download
COPY grafana-plugin/pkg pkg
ARG TARGETOS=linux
ARG TARGETARCH=amd64
# As scripts/build-backend.mjs does it.
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags '-s -w' \
      -o gpx_fairunderwriting_cube_${TARGETOS}_${TARGETARCH} ./pkg

FROM grafana/grafana:12.4.2
# Outside of /var/lib/grafana: a volume there would keep the plugin of the first start for ever.
ENV GF_PATHS_PLUGINS=/opt/grafana/plugins \
    GF_PATHS_PROVISIONING=/opt/grafana/provisioning
COPY --from=frontend /app/grafana-plugin/dist /opt/grafana/plugins/fairunderwriting-analytics-app
COPY --from=backend /app/gpx_* /opt/grafana/plugins/fairunderwriting-analytics-app/datasource/
COPY provisioning/alerting /opt/grafana/provisioning/alerting
COPY provisioning/contact-points /opt/grafana/provisioning/contact-points
COPY provisioning/dashboards /opt/grafana/provisioning/dashboards
COPY provisioning/datasources /opt/grafana/provisioning/datasources
COPY provisioning/plugins /opt/grafana/provisioning/plugins
COPY docker/with-secrets.sh docker/with-contact-points.sh /opt/grafana/
ENTRYPOINT ["sh", "/opt/grafana/with-secrets.sh", "sh", "/opt/grafana/with-contact-points.sh", "/run.sh"]
