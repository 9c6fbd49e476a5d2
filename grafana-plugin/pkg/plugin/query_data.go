package plugin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"golang.org/x/sync/errgroup"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/frames"
	"github.com/fairunderwriting/analytics-app/pkg/identity"
	"github.com/fairunderwriting/analytics-app/pkg/model"
	"github.com/fairunderwriting/analytics-app/pkg/translate"
)

// concurrency of the queries of one request; Cube itself queues what its database cannot take at once.
const concurrency = 16

// expressionHeader is set by Grafana when its expression engine asks, for a panel or an alert rule.
const expressionHeader = "X-Grafana-From-Expr"

// QueryData answers all queries of a request side by side, within one budget of time.
func (d *Datasource) QueryData(ctx context.Context, request *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	response := backend.NewQueryDataResponse()
	sign, err := d.signer(request.PluginContext.User, request.Headers)
	if err != nil {
		for _, query := range request.Queries {
			response.Responses[query.RefID] = failure(err, backend.ErrorSourceDownstream)
		}
		return response, nil
	}
	ctx, cancel := context.WithTimeout(ctx, d.config.Budget)
	defer cancel()
	forExpression := identity.FromAlert(request.Headers) || request.GetHTTPHeader(expressionHeader) != ""
	var group errgroup.Group
	group.SetLimit(concurrency)
	var lock sync.Mutex
	for _, query := range request.Queries {
		group.Go(func() error {
			answer := d.answer(ctx, query, sign, forExpression)
			lock.Lock()
			defer lock.Unlock()
			response.Responses[query.RefID] = answer
			return nil
		})
	}
	_ = group.Wait() // each query carries its own error
	return response, nil
}

func (d *Datasource) answer(ctx context.Context, query backend.DataQuery, sign cube.Sign, forExpression bool) backend.DataResponse {
	parsed, err := model.Parse(query.JSON)
	if err != nil {
		return failure(err, backend.ErrorSourceDownstream)
	}
	plan, err := translate.ToCube(parsed, query.TimeRange, query.Interval, d.config)
	if err != nil {
		return failure(err, backend.ErrorSourceDownstream)
	}
	answer, err := d.client.Load(ctx, plan.Query, sign)
	if err != nil {
		return failure(d.inWords(err), backend.ErrorSourceDownstream)
	}
	result, err := frames.FromAnswer(plan, answer, frames.Options{
		Location:      plan.Location,
		Currency:      d.config.Currency,
		ForExpression: forExpression,
	})
	if err != nil {
		return failure(err, shapeErrorSource(err))
	}
	for _, frame := range result {
		frame.RefID = query.RefID
	}
	return backend.DataResponse{Frames: result, Status: backend.StatusOK}
}

// inWords explains the end of the budget.
func (d *Datasource) inWords(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return &cube.Error{Status: http.StatusGatewayTimeout, Message: fmt.Sprintf(
			"Cube is still working on the query after %s: narrow it, or raise the time budget in the data source's settings.", d.config.Budget)}
	}
	return err
}

// shapeErrorSource: an answer of an unknown shape is this plugin's fault, a query that cannot be shown the caller's.
func shapeErrorSource(err error) backend.ErrorSource {
	if errors.Is(err, frames.ErrUnsuitable) {
		return backend.ErrorSourceDownstream
	}
	return backend.ErrorSourcePlugin
}

func failure(err error, source backend.ErrorSource) backend.DataResponse {
	return backend.DataResponse{
		Error:       err,
		ErrorSource: source,
		Status:      backend.Status(statusOf(err)),
		Frames:      data.Frames{},
	}
}
