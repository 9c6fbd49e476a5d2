package plugin

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"golang.org/x/sync/errgroup"

	"github.com/fairunderwriting/analytics-app/pkg/frames"
	"github.com/fairunderwriting/analytics-app/pkg/model"
	"github.com/fairunderwriting/analytics-app/pkg/translate"
)

// asker is the caller of a request and how its answers are to be shaped.
type asker struct {
	caller
	source        frames.Source
	forExpression bool
}

// slow is from when on a panel says how long Cube took.
const slow = 5 * time.Second

// buckets that `auto` makes at most for alert rules and expressions, which may come without a panel's interval.
const buckets = 1000

// answer asks Cube one query, and the previous period with it where the query compares.
func (d *Datasource) answer(ctx context.Context, query backend.DataQuery, by asker) (data.Frames, error) {
	current, skipped, err := d.plan(ctx, query, by)
	if err != nil {
		return nil, err
	}
	parts := []*frames.Part{{Plan: current}}
	if current.Model.Compare == model.PreviousPeriod {
		previous, err := translate.Previous(current, query.TimeRange, query.Interval, d.config)
		if err != nil {
			return nil, err
		}
		parts = append(parts, &frames.Part{Plan: previous})
	}
	group, loading := errgroup.WithContext(ctx)
	for _, part := range parts {
		group.Go(func() (err error) {
			part.Answer, err = d.client.Load(loading, part.Plan.Query, by.sign)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var previous *frames.Part
	if len(parts) > 1 {
		previous = parts[1]
	}
	result, err := frames.FromAnswer(*parts[0], previous, frames.Options{
		Location:      current.Location,
		Currency:      d.config.Currency,
		ForExpression: by.forExpression,
		Source:        by.source,
	})
	if err != nil {
		return nil, &shapeError{err}
	}
	describe(result, *parts[0], skipped)
	return result, nil
}

// plan reads a stored query and adds what the request brings: range, interval, and the dashboard's filters.
func (d *Datasource) plan(ctx context.Context, query backend.DataQuery, by asker) (translate.Plan, []string, error) {
	parsed, err := model.Parse(query.JSON)
	if err != nil {
		return translate.Plan{}, nil, err
	}
	var skipped []string
	if len(parsed.AdHoc) > 0 {
		meta, err := d.metas.get(ctx, by.caller)
		if err != nil {
			return translate.Plan{}, nil, err
		}
		parsed, skipped = translate.WithAdHoc(parsed, meta.View(parsed.View))
		if err := parsed.Check(); err != nil {
			return translate.Plan{}, nil, fmt.Errorf("a filter of the dashboard cannot be applied: %w", err)
		}
	}
	interval := query.Interval
	if by.forExpression {
		interval = max(interval, query.TimeRange.Duration()/buckets)
	}
	plan, err := translate.ToCube(parsed, query.TimeRange, interval, d.config)
	return plan, skipped, err
}

// describe adds what the query inspector shows, and what a viewer should know about the figures.
func describe(result data.Frames, part frames.Part, skipped []string) {
	first := result[0]
	text, err := json.Marshal(part.Plan.Query)
	if err != nil {
		text = nil // the answer is none the worse for it
	}
	first.Meta.ExecutedQueryString = string(text)
	first.Meta.Stats = []data.QueryStat{
		{FieldConfig: data.FieldConfig{DisplayName: "Rows from Cube"}, Value: float64(part.Answer.Data.Rows())},
		{FieldConfig: data.FieldConfig{DisplayName: "Time in Cube", Unit: "ms"}, Value: float64(part.Answer.Took.Milliseconds())},
		{FieldConfig: data.FieldConfig{DisplayName: "Calls to Cube"}, Value: float64(part.Answer.Polls)},
		{FieldConfig: data.FieldConfig{DisplayName: "Rollups used"}, Value: float64(len(part.Answer.Rollups))},
	}
	if part.Answer.Took >= slow {
		first.AppendNotices(data.Notice{Severity: data.NoticeSeverityInfo, Text: fmt.Sprintf(
			"Cube worked on this for %s, asked %d times. A rollup, a shorter range or fewer dimensions make it faster.",
			part.Answer.Took.Round(time.Second), part.Answer.Polls)})
	}
	if len(skipped) > 0 {
		slices.Sort(skipped)
		first.AppendNotices(data.Notice{Severity: data.NoticeSeverityInfo, Text: fmt.Sprintf(
			"Filters that do not apply here, as this view has no such dimension: %s.", strings.Join(skipped, ", "))})
	}
}

// shapeError is an answer that could not be made into frames.
type shapeError struct{ error }

func (e *shapeError) Unwrap() error { return e.error }
