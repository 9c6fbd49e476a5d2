package frames

import (
	"errors"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"

	"github.com/fairunderwriting/analytics-app/pkg/cube"
	"github.com/fairunderwriting/analytics-app/pkg/model"
	"github.com/fairunderwriting/analytics-app/pkg/translate"
)

// Options of shaping.
type Options struct {
	// Location is the zone of timestamps that name none.
	Location *time.Location
	// Currency of amounts whose member names none.
	Currency string
	// ForExpression shapes a table for alert rules and expressions, which take series or labelled numbers only.
	ForExpression bool
}

// ErrUnsuitable marks a query whose answer cannot take the shape that was asked for.
var ErrUnsuitable = errors.New("the query does not fit its format")

// FromAnswer shapes an answer. A cut answer carries a notice.
func FromAnswer(plan translate.Plan, answer cube.Answer, options Options) (data.Frames, error) {
	columns, err := pick(plan, answer)
	if err != nil {
		return nil, err
	}
	result, err := shape(plan, columns, options)
	if err != nil {
		return nil, err
	}
	if answer.Data.Rows() > plan.Limit {
		result[0].AppendNotices(cutNotice(plan))
	}
	return result, nil
}

func shape(plan translate.Plan, columns answerColumns, options Options) (data.Frames, error) {
	switch {
	case plan.Model.Format == model.TimeSeries:
		return timeSeriesMulti(columns, options)
	case !options.ForExpression:
		return table(columns, options)
	case len(columns.measures) == 0:
		return nil, fmt.Errorf("%w: an alert rule or expression needs at least one measure", ErrUnsuitable)
	case columns.time != nil:
		return timeSeriesMulti(columns, options)
	}
	return numericMulti(columns, options)
}

func cutNotice(plan translate.Plan) data.Notice {
	which := "first"
	if plan.NewestFirst {
		which = "newest"
	}
	return data.Notice{
		Severity: data.NoticeSeverityWarning,
		Text:     fmt.Sprintf("There are more rows: only the %s %d are shown. Raise the limit, filter, or choose a coarser granularity.", which, plan.Limit),
	}
}
