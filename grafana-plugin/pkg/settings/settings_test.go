package settings

import (
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

func instance(url, jsonData, secret string) backend.DataSourceInstanceSettings {
	return backend.DataSourceInstanceSettings{
		URL:                     url,
		JSONData:                []byte(jsonData),
		DecryptedSecureJSONData: map[string]string{"apiSecret": secret},
	}
}

func TestURLWithAndWithoutThePath(t *testing.T) {
	for _, url := range []string{
		"http://cube:4000", "http://cube:4000/", "http://cube:4000/cubejs-api", "http://cube:4000/cubejs-api/v1/",
	} {
		config, err := Load(instance(url, "{}", "secret"))
		require.NoError(t, err, url)
		require.Equal(t, "http://cube:4000/cubejs-api/v1", config.BaseURL, url)
	}
	config, err := Load(instance("https://example.org/bi", "{}", "secret"))
	require.NoError(t, err)
	require.Equal(t, "https://example.org/bi/cubejs-api/v1", config.BaseURL)
}

func TestDefaultsAndOverrides(t *testing.T) {
	config, err := Load(instance("http://cube", "", "secret"))
	require.NoError(t, err)
	require.Equal(t, []string{"analyst"}, config.RoleMapping["Viewer"])
	require.Equal(t, []string{"on_call"}, config.AlertRoles)
	require.Equal(t, 10_000, config.RowLimit)

	config, err = Load(instance("http://cube",
		`{"roleMapping":{"Viewer":[]},"alertRoles":[],"currency":"eur","timeZone":"Europe/Berlin","rowLimit":7}`, "secret"))
	require.NoError(t, err)
	require.Empty(t, config.RoleMapping["Viewer"], "an empty list lets nobody in")
	require.Equal(t, []string{"executive"}, config.RoleMapping["Admin"])
	require.Empty(t, config.AlertRoles)
	require.Equal(t, "EUR", config.Currency)
	require.Equal(t, "Europe/Berlin", config.TimeZone)
	require.Equal(t, 7, config.RowLimit)
}

func TestServicesAreOptional(t *testing.T) {
	config, err := Load(instance("https://example.org/bi", "{}", "secret"))
	require.NoError(t, err)
	require.Empty(t, config.MLURL)
	require.Empty(t, config.AlertsURL)
	require.Equal(t, "https://example.org/bi", config.CubeRoot())

	config, err = Load(instance("http://cube", `{"mlUrl":" http://ml:4100/ ","alertsUrl":"https://example.org/alerts/"}`, "secret"))
	require.NoError(t, err)
	require.Equal(t, "http://ml:4100", config.MLURL)
	require.Equal(t, "https://example.org/alerts", config.AlertsURL)
}

func TestWrongSettingsAreNamed(t *testing.T) {
	for name, test := range map[string]struct{ url, json, secret, says string }{
		"no URL":        {"", "{}", "secret", "URL"},
		"no scheme":     {"cube:4000", "{}", "secret", "URL"},
		"other scheme":  {"file://cube/x", "{}", "secret", "URL"},
		"no secret":     {"http://cube", "{}", " ", "API secret is missing"},
		"bad json":      {"http://cube", "{", "secret", "jsonData"},
		"time zone":     {"http://cube", `{"timeZone":"Mars/Olympus"}`, "secret", "Mars/Olympus"},
		"currency":      {"http://cube", `{"currency":"dollars"}`, "secret", "dollars"},
		"row limit":     {"http://cube", `{"rowLimit":50000}`, "secret", "rowLimit"},
		"budget":        {"http://cube", `{"budgetSeconds":-1}`, "secret", "budgetSeconds"},
		"ml URL":        {"http://cube", `{"mlUrl":"ftp://ml"}`, "secret", "mlUrl"},
		"alerts URL":    {"http://cube", `{"alertsUrl":"127.0.0.1"}`, "secret", "alertsUrl"},
		"response size": {"http://cube", `{"maxResponseMiB":9999}`, "secret", "maxResponseMiB"},
	} {
		_, err := Load(instance(test.url, test.json, test.secret))
		require.ErrorContains(t, err, test.says, name)
		if secret := strings.TrimSpace(test.secret); secret != "" {
			require.NotContains(t, strings.ReplaceAll(err.Error(), "API secret", ""), secret, name)
		}
	}
}
