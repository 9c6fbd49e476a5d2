package plugin

import (
	"context"
	"errors"
	"fmt"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// CheckHealth asks Cube, on the caller's behalf, which views it offers, and says what is wrong when it cannot.
func (d *Datasource) CheckHealth(ctx context.Context, request *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	sign, err := d.signer(request.PluginContext.User, nil)
	if err != nil {
		return unhealthy(err), nil
	}
	ctx, cancel := context.WithTimeout(ctx, d.config.Budget)
	defer cancel()
	meta, err := d.client.Meta(ctx, sign)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("Cube did not answer within %s", d.config.Budget)
	}
	if err != nil {
		return unhealthy(err), nil
	}
	if len(meta.Views) == 0 {
		return unhealthy(errors.New("Cube answers, but shows no view to your role: check the role mapping and the model's access policies")), nil
	}
	return &backend.CheckHealthResult{
		Status:  backend.HealthStatusOk,
		Message: fmt.Sprintf("Cube answers and offers %d views to you.", len(meta.Views)),
	}, nil
}

func unhealthy(err error) *backend.CheckHealthResult {
	return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: err.Error()}
}
