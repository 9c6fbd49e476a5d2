package plugin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"golang.org/x/sync/errgroup"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/frames"
	"github.com/fairunderwriting/analytics-app/pkg/identity"
)

// concurrency of the queries of one request; Cube itself queues what its database cannot take at once.
const concurrency = 16

// expressionHeader is set by Grafana when its expression engine asks, for a panel or an alert rule.
const expressionHeader = "X-Grafana-From-Expr"

// QueryData answers all queries of a request side by side, within one budget of time.
func (d *Datasource) QueryData(ctx context.Context, request *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	response := backend.NewQueryDataResponse()
	who, err := d.identify(request.PluginContext.User, request.Headers)
	if err != nil {
		for _, query := range request.Queries {
			response.Responses[query.RefID] = failure(err)
		}
		return response, nil
	}
	ctx, cancel := context.WithTimeout(ctx, d.config.Budget)
	defer cancel()
	by := asker{caller: who, source: sourceOf(request.PluginContext)}
	by.forExpression = identity.FromAlert(request.Headers) || request.GetHTTPHeader(expressionHeader) != ""
	var group errgroup.Group
	group.SetLimit(concurrency)
	var lock sync.Mutex
	for _, query := range request.Queries {
		group.Go(func() error {
			answer := d.respond(ctx, query, by)
			lock.Lock()
			defer lock.Unlock()
			response.Responses[query.RefID] = answer
			return nil
		})
	}
	_ = group.Wait() // each query carries its own error
	return response, nil
}

func (d *Datasource) respond(ctx context.Context, query backend.DataQuery, by asker) backend.DataResponse {
	result, err := d.answer(ctx, query, by)
	if err != nil {
		return failure(d.inWords(err))
	}
	for _, frame := range result {
		frame.RefID = query.RefID
	}
	return backend.DataResponse{Frames: result, Status: backend.StatusOK}
}

// sourceOf is where links of the answers lead.
func sourceOf(context backend.PluginContext) frames.Source {
	if context.DataSourceInstanceSettings == nil {
		return frames.Source{}
	}
	return frames.Source{UID: context.DataSourceInstanceSettings.UID, Name: context.DataSourceInstanceSettings.Name}
}

// inWords explains the end of the budget, with how far Cube had come.
func (d *Datasource) inWords(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		stage := strings.TrimPrefix(err.Error(), context.DeadlineExceeded.Error())
		return &cube.Error{Status: http.StatusGatewayTimeout, Message: fmt.Sprintf(
			"Cube is still working on the query after %s%s: try again in a moment, narrow it, or raise the time budget in the data source's settings.",
			d.config.Budget, stage)}
	}
	return err
}

// errorSource: an answer of an unknown shape is this plugin's fault; a query that cannot be shown is the caller's, and
// everything else Cube's.
func errorSource(err error) backend.ErrorSource {
	var shape *shapeError
	if errors.As(err, &shape) && !errors.Is(err, frames.ErrUnsuitable) {
		return backend.ErrorSourcePlugin
	}
	return backend.ErrorSourceDownstream
}

func failure(err error) backend.DataResponse {
	return backend.DataResponse{
		Error:       err,
		ErrorSource: errorSource(err),
		Status:      backend.Status(statusOf(err)),
		Frames:      data.Frames{},
	}
}
