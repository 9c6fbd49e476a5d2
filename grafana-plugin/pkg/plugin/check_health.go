package plugin

import (
	"context"
	"errors"
	"fmt"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
)

// CheckHealth asks Cube, on the caller's behalf, which views it offers, and says what is wrong when it cannot.
func (d *Datasource) CheckHealth(ctx context.Context, request *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	who, err := d.identify(request.PluginContext.User, nil)
	if err != nil {
		return unhealthy(err), nil
	}
	ctx, cancel := context.WithTimeout(ctx, d.config.Budget)
	defer cancel()
	meta, err := d.client.Meta(ctx, who.sign)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("Cube did not answer within %s", d.config.Budget)
	}
	if err != nil {
		return unhealthy(err), nil
	}
	if len(meta.Views) == 0 {
		return unhealthy(errors.New("Cube answers, but shows no view to your role: check the role mapping and the model's access policies")), nil
	}
	if err := d.probe(ctx, meta, who); err != nil {
		return unhealthy(fmt.Errorf("Cube offers %d views, but answers no query: %w", len(meta.Views), d.inWords(err))), nil
	}
	return &backend.CheckHealthResult{
		Status:  backend.HealthStatusOk,
		Message: fmt.Sprintf("Cube answers and offers %d views to you.", len(meta.Views)),
	}, nil
}

// probe asks for one row: only an answer shows that Cube reaches its database, and is new enough to be understood here.
func (d *Datasource) probe(ctx context.Context, meta cube.Meta, who caller) error {
	for _, view := range meta.Views {
		if len(view.Measures) > 0 {
			_, err := d.client.Load(ctx, cube.Query{Measures: []string{view.Measures[0].Name}, Limit: 1}, who.sign)
			return err
		}
	}
	return nil
}

func unhealthy(err error) *backend.CheckHealthResult {
	return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: err.Error()}
}
