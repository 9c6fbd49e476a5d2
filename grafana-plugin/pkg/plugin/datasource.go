// Package plugin answers Grafana's calls to the data source.
package plugin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
	"github.com/grafana/grafana-plugin-sdk-go/backend/resource/httpadapter"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/identity"
	"github.com/fairunderwriting/analytics-app/pkg/settings"
)

// ID of the data source plugin.
const ID = "fairunderwriting-cube-datasource"

// Datasource is one configured instance. Wrong settings are kept as an error, so that the health check can tell them.
type Datasource struct {
	backend.CallResourceHandler
	config      settings.Settings
	configError error
	client      *cube.Client
	metas       *metas
	http        *http.Client
	// services are called without following redirects: the token is for the configured address only.
	services *http.Client
}

// New makes an instance; Grafana calls it again whenever the settings change.
func New(ctx context.Context, instance backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	options, err := instance.HTTPClientOptions(ctx)
	if err != nil {
		return nil, fmt.Errorf("the HTTP options cannot be read: %w", err)
	}
	client, err := httpclient.New(options)
	if err != nil {
		return nil, fmt.Errorf("the HTTP client cannot be made: %w", err)
	}
	direct := *client
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	source := &Datasource{http: client, services: &direct}
	source.config, source.configError = settings.Load(instance)
	source.client = &cube.Client{
		HTTP:     client,
		BaseURL:  source.config.BaseURL,
		MaxBytes: source.config.MaxResponseBytes,
		Now:      time.Now,
	}
	source.metas = &metas{client: source.client, known: map[string]knownMeta{}}
	source.CallResourceHandler = httpadapter.New(source.routes())
	return source, nil
}

// Dispose closes idle connections when the settings change or Grafana stops.
func (d *Datasource) Dispose() {
	d.http.CloseIdleConnections()
}

// caller of a request, and what signs for them.
type caller struct {
	identity.Identity
	sign cube.Sign
}

// identify gives the caller; an error when they have no right to ask anything.
func (d *Datasource) identify(user *backend.User, headers map[string]string) (caller, error) {
	if d.configError != nil {
		return caller{}, d.configError
	}
	who, err := identity.Resolve(user, headers, d.config)
	if err != nil {
		return caller{}, &cube.Error{Status: http.StatusForbidden, Message: err.Error()}
	}
	sign := func(now time.Time) (string, error) { return who.Sign(d.config.APISecret, now) }
	return caller{who, sign}, nil
}

// signer gives what signs for the caller.
func (d *Datasource) signer(user *backend.User, headers map[string]string) (cube.Sign, error) {
	who, err := d.identify(user, headers)
	return who.sign, err
}

// statusOf gives the HTTP status that fits an error.
func statusOf(err error) int {
	var upstream *cube.Error
	switch {
	case errors.As(err, &upstream):
		return upstream.Status
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout
	case errors.Is(err, context.Canceled):
		return 499
	}
	return http.StatusBadRequest
}
