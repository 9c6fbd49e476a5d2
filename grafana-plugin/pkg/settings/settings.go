// Package settings reads what an administrator configured for one instance of the data source.
package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const apiPath = "/cubejs-api/v1"

// maxRowLimit leaves room for the one row more that shows whether an answer was cut: Cube gives 50,000 at most.
const maxRowLimit = 49_999

// Settings of one data source. Zero values of optional fields have been replaced by their defaults.
type Settings struct {
	// BaseURL of Cube's REST API, such as http://127.0.0.1:4000/cubejs-api/v1.
	BaseURL string
	// MLURL of the churn predictions' service and AlertsURL of the alerts' service; empty when not configured.
	MLURL, AlertsURL string
	// APISecret signs tokens. It never leaves this process.
	APISecret string
	// RoleMapping gives the Cube roles of each Grafana organisation role.
	RoleMapping map[string][]string
	// AlertRoles are the Cube roles of alert evaluations.
	AlertRoles []string
	// TimeZone of queries that name none.
	TimeZone string
	// Currency (ISO 4217) of amounts whose member names none; empty shows them without a symbol.
	Currency string
	// RowLimit of queries that name none.
	RowLimit int
	// Budget for everything that one request asks of Cube, waiting included.
	Budget time.Duration
	// MaxResponseBytes of one answer.
	MaxResponseBytes int64
}

type stored struct {
	MLURL          string              `json:"mlUrl"`
	AlertsURL      string              `json:"alertsUrl"`
	RoleMapping    map[string][]string `json:"roleMapping"`
	AlertRoles     []string            `json:"alertRoles"`
	TimeZone       string              `json:"timeZone"`
	Currency       string              `json:"currency"`
	RowLimit       int                 `json:"rowLimit"`
	BudgetSeconds  int                 `json:"budgetSeconds"`
	MaxResponseMiB int                 `json:"maxResponseMiB"`
}

func defaults() stored {
	return stored{
		RoleMapping: map[string][]string{
			"Viewer": {"analyst"},
			"Editor": {"analyst", "operations"},
			"Admin":  {"executive"},
		},
		AlertRoles:     []string{"on_call"},
		TimeZone:       "UTC",
		RowLimit:       10_000,
		BudgetSeconds:  25,
		MaxResponseMiB: 32,
	}
}

// Load reads and checks the settings of an instance. Its errors say which setting is wrong.
func Load(instance backend.DataSourceInstanceSettings) (Settings, error) {
	values := defaults()
	if len(instance.JSONData) > 0 {
		configured := stored{}
		if err := json.Unmarshal(instance.JSONData, &configured); err != nil {
			return Settings{}, fmt.Errorf("the data source's jsonData cannot be read: %w", err)
		}
		values.override(configured)
	}
	base, err := baseURL(instance.URL)
	if err != nil {
		return Settings{}, err
	}
	ml, err := serviceURL("mlUrl", values.MLURL)
	if err != nil {
		return Settings{}, err
	}
	alerts, err := serviceURL("alertsUrl", values.AlertsURL)
	if err != nil {
		return Settings{}, err
	}
	secret := strings.TrimSpace(instance.DecryptedSecureJSONData["apiSecret"])
	if secret == "" {
		return Settings{}, errors.New("the API secret is missing: enter Cube's CUBEJS_API_SECRET in the data source's settings")
	}
	if err := values.check(); err != nil {
		return Settings{}, err
	}
	return Settings{
		BaseURL:          base,
		MLURL:            ml,
		AlertsURL:        alerts,
		APISecret:        secret,
		RoleMapping:      values.RoleMapping,
		AlertRoles:       values.AlertRoles,
		TimeZone:         values.TimeZone,
		Currency:         strings.ToUpper(values.Currency),
		RowLimit:         values.RowLimit,
		Budget:           time.Duration(values.BudgetSeconds) * time.Second,
		MaxResponseBytes: int64(values.MaxResponseMiB) << 20,
	}, nil
}

// override replaces each default that was configured. An explicitly empty list of roles stays empty: nobody is let in.
func (s *stored) override(configured stored) {
	for role, cubeRoles := range configured.RoleMapping {
		s.RoleMapping[role] = cubeRoles
	}
	if configured.AlertRoles != nil {
		s.AlertRoles = configured.AlertRoles
	}
	if configured.TimeZone != "" {
		s.TimeZone = configured.TimeZone
	}
	s.Currency = configured.Currency
	s.MLURL, s.AlertsURL = configured.MLURL, configured.AlertsURL
	for _, number := range []struct{ to, from *int }{
		{&s.RowLimit, &configured.RowLimit},
		{&s.BudgetSeconds, &configured.BudgetSeconds},
		{&s.MaxResponseMiB, &configured.MaxResponseMiB},
	} {
		if *number.from != 0 {
			*number.to = *number.from
		}
	}
}

func (s *stored) check() error {
	if _, err := time.LoadLocation(s.TimeZone); err != nil {
		return fmt.Errorf("the time zone %q is unknown: use a name such as UTC or America/New_York", s.TimeZone)
	}
	if s.Currency != "" && len(s.Currency) != 3 {
		return fmt.Errorf("the currency %q is not a three-letter code such as USD", s.Currency)
	}
	for _, number := range []struct {
		name           string
		value, maximum int
	}{
		{"rowLimit", s.RowLimit, maxRowLimit},
		{"budgetSeconds", s.BudgetSeconds, 300},
		{"maxResponseMiB", s.MaxResponseMiB, 512},
	} {
		if number.value < 1 || number.value > number.maximum {
			return fmt.Errorf("the setting %s must lie between 1 and %d, not %d", number.name, number.maximum, number.value)
		}
	}
	return nil
}

// serviceURL accepts the address of a service, or none.
func serviceURL(name, text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	address, ok := parseURL(text)
	if !ok {
		return "", fmt.Errorf("the setting %s is not an address: use one such as http://127.0.0.1:4100, or leave it empty", name)
	}
	return address.Scheme + "://" + address.Host + strings.TrimRight(address.Path, "/"), nil
}

func parseURL(text string) (*url.URL, bool) {
	address, err := url.Parse(strings.TrimSpace(text))
	return address, err == nil && address.Host != "" && slices.Contains([]string{"http", "https"}, address.Scheme)
}

// CubeRoot is Cube's address without the path of its REST API: where its cohort store is.
func (s Settings) CubeRoot() string {
	return strings.TrimSuffix(s.BaseURL, apiPath)
}

// baseURL accepts Cube's address with or without the path of its API.
func baseURL(text string) (string, error) {
	address, ok := parseURL(text)
	if !ok {
		return "", errors.New("the URL of Cube is missing or not an address: use one such as http://127.0.0.1:4000")
	}
	path := strings.TrimRight(address.Path, "/")
	if !strings.HasSuffix(path, apiPath) {
		path = strings.TrimSuffix(path, "/cubejs-api") + apiPath
	}
	return address.Scheme + "://" + address.Host + path, nil
}
