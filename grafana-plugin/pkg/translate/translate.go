// Package translate turns a stored query and the time range of a request into Cube's query.
package translate

import (
	"fmt"
	"slices"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/model"
	"github.com/fairunderwriting/analytics-app/pkg/settings"
)

// wallClock is how Cube reads the ends of a date range: local to the query's time zone, to the millisecond.
const wallClock = "2006-01-02T15:04:05.000"

// Plan is a query ready to be asked, and what is needed to read its answer.
type Plan struct {
	Query cube.Query
	Model model.Query
	// TimeColumn is the member under which Cube answers the time bucket; empty without one.
	TimeColumn string
	// Limit is how many rows may be shown; the query asks for one more.
	Limit    int
	Location *time.Location
	// NewestFirst tells that the rows come in descending time.
	NewestFirst bool
	// Shift moves the time of a bucket of the previous period onto the current one; nil without such a move.
	Shift func(time.Time) time.Time
}

// ToCube applies the range of the request to the query's time dimension. Panels and alert rules take the same path.
func ToCube(query model.Query, timeRange backend.TimeRange, interval time.Duration, config settings.Settings) (Plan, error) {
	zone := query.TimeZone
	if zone == "" {
		zone = config.TimeZone
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return Plan{}, fmt.Errorf("the time zone %q is unknown: use a name such as UTC or America/New_York", zone)
	}
	plan := Plan{Model: query, Limit: query.Limit, Location: location}
	if plan.Limit == 0 {
		plan.Limit = config.RowLimit
	}
	plan.Query = cube.Query{
		Measures:   query.Measures,
		Dimensions: query.Dimensions,
		Filters:    filters(query.Filters),
		Segments:   query.Segments,
		Limit:      plan.Limit + 1,
		TimeZone:   zone,
	}
	if query.TimeDimension != nil {
		plan.applyTime(*query.TimeDimension, timeRange, interval)
	}
	plan.applyOrder()
	return plan, nil
}

func (p *Plan) applyTime(dimension model.TimeDimension, timeRange backend.TimeRange, interval time.Duration) {
	granularity := dimension.Granularity
	if granularity == model.AutoGranularity {
		granularity = Granularity(interval)
	}
	if granularity != "" {
		p.TimeColumn = dimension.Dimension + "." + granularity
	}
	p.Query.TimeDimensions = []cube.TimeDimension{{
		Dimension:   dimension.Dimension,
		Granularity: granularity,
		DateRange: []string{
			timeRange.From.In(p.Location).Format(wallClock),
			timeRange.To.In(p.Location).Format(wallClock),
		},
	}}
}

// applyOrder asks time series newest first, so that a limit cuts off the oldest points and not the present.
func (p *Plan) applyOrder() {
	timeDimension := ""
	if p.Model.Format == model.TimeSeries {
		timeDimension = p.Model.TimeDimension.Dimension
		p.NewestFirst = true
		p.Query.Order = append(p.Query.Order, [2]string{timeDimension, "desc"})
	}
	for _, order := range p.Model.Order {
		if order.Member != timeDimension {
			p.Query.Order = append(p.Query.Order, [2]string{order.Member, order.Direction})
		}
	}
}

// filters drops the fields that do not belong to the form each filter has.
func filters(list []model.Filter) []any {
	result := make([]any, 0, len(list))
	for _, filter := range list {
		switch {
		case len(filter.And) > 0:
			result = append(result, map[string]any{"and": filters(filter.And)})
		case len(filter.Or) > 0:
			result = append(result, map[string]any{"or": filters(filter.Or)})
		default:
			condition := map[string]any{"member": filter.Member, "operator": filter.Operator}
			if len(filter.Values) > 0 {
				condition["values"] = slices.Clone(filter.Values)
			}
			result = append(result, condition)
		}
	}
	return result
}
