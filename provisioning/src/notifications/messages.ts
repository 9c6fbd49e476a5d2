/** Texts of notifications; our contact points name them. */
export const messages = `{{ define "fua.title" -}}
{{ if eq .Status "firing" }}{{ or .CommonLabels.severity "mixed" | toUpper }}{{ else }}Over{{ end }}: {{ if match "^Datasource" (or .CommonLabels.alertname "") }}{{ or .CommonLabels.rulename "several rules" }} cannot be judged{{ else if .CommonLabels.alertname }}{{ .CommonLabels.alertname }}{{ else }}{{ len .Alerts }} alerts for {{ or .CommonLabels.team "several teams" }}{{ end }}
{{- if and .CommonLabels.alertname (gt (len .Alerts) 1) }} ({{ len .Alerts }}){{ end }}
{{- end }}

{{ define "fua.message" -}}
{{ range .Alerts.Firing }}{{ template "fua.alert" . }}{{ end }}
{{- range .Alerts.Resolved }}Over since {{ .EndsAt.UTC.Format "2006-01-02 15:04 UTC" }}: {{ template "fua.alert" . }}{{ end }}
{{- end }}

{{ define "fua.alert" -}}
{{ if match "^Datasource" .Labels.alertname }}{{ .Labels.rulename }} cannot be judged: {{ or .Annotations.Error "there is no data" }}
{{ else }}{{ .Annotations.summary }}
Figure {{ template "fua.number" .Annotations.value }}, target {{ template "fua.number" .Annotations.threshold }}.
{{ end }}Severity {{ .Labels.severity }}, team {{ .Labels.team }}, since {{ .StartsAt.UTC.Format "2006-01-02 15:04 UTC" }}.
{{ if .Annotations.runbook_url }}Runbook: {{ .Annotations.runbook_url }}
{{ end }}{{ if .PanelURL }}Dashboard: {{ .PanelURL }}
{{ end }}{{ if .SilenceURL }}Silence: {{ .SilenceURL }}
{{ end }}
{{ end }}

{{ define "fua.number" }}{{ reReplaceAll "(\\\\.[0-9]{3})[0-9]+" "\${1}" . }}{{ end }}
`;

/** The file of Grafana's alerting provisioning. */
export const messageFile = {
  apiVersion: 1,
  templates: [{ orgId: 1, name: 'fair-underwriting', template: messages }],
};
