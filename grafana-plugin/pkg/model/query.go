// Package model is the query as panels, alert rules and dashboards store it: the twin of src/datasource/query.ts.
package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Version of the stored query. It grows when a stored query would otherwise change its meaning; older ones are
// migrated as they are read.
const Version = 1

// MaxRows that one query can ask for: Cube answers at most 50,000, and one row more than the limit is asked.
const MaxRows = 49_999

// Format of the answer.
type Format string

// Formats of an answer.
const (
	TimeSeries Format = "time_series"
	Table      Format = "table"
)

// AutoGranularity is chosen by the interval of the request.
const AutoGranularity = "auto"

// Query asks one view. Kind tells it from queries of another nature.
type Query struct {
	Kind          string         `json:"kind"`
	Version       int            `json:"version"`
	View          string         `json:"view"`
	Measures      []string       `json:"measures"`
	Dimensions    []string       `json:"dimensions"`
	TimeDimension *TimeDimension `json:"timeDimension"`
	Filters       []Filter       `json:"filters"`
	Segments      []string       `json:"segments"`
	Order         []Order        `json:"order"`
	Limit         int            `json:"limit"`
	Format        Format         `json:"format"`
	TimeZone      string         `json:"timeZone"`
	// Compare adds the figures of another range.
	Compare Comparison `json:"compare"`
	// DrillDown are the dimensions by which a link on each row breaks its figures down.
	DrillDown []string `json:"drillDown"`
	// AdHoc are the filters of the dashboard at large; they come with a request and are never stored.
	AdHoc []AdHocFilter `json:"adHoc"`
}

// Comparison with another range of time.
type Comparison string

// PreviousPeriod is the range of the same length that ends where the request's begins.
const PreviousPeriod Comparison = "previous"

// AdHocFilter is one that applies to every view with a dimension of its name.
type AdHocFilter struct {
	Key      string   `json:"key"`
	Operator string   `json:"operator"`
	Values   []string `json:"values"`
}

// TimeDimension is what the time range of the request applies to.
type TimeDimension struct {
	Dimension string `json:"dimension"`
	// Granularity gives a time column; empty means that the range only filters.
	Granularity string `json:"granularity"`
}

// Order of the rows by one member.
type Order struct {
	Member    string `json:"member"`
	Direction string `json:"direction"`
}

// Parse reads a stored query and checks everything that can be checked without asking Cube.
func Parse(text []byte) (Query, error) {
	var query Query
	text, err := migrate(text)
	if err == nil {
		err = json.Unmarshal(text, &query)
	}
	if err != nil {
		return Query{}, fmt.Errorf("the query is not valid: %w", err)
	}
	return query, query.Check()
}

// Check refuses what cannot be asked, in words that say what to do.
func (q Query) Check() error {
	if q.Kind != "view" {
		return fmt.Errorf("this version of the data source knows no queries of kind %q", q.Kind)
	}
	if q.Version != Version {
		return fmt.Errorf("the query has version %d, this data source reads up to version %d: update the plugin", q.Version, Version)
	}
	if q.View == "" {
		return fmt.Errorf("choose a view")
	}
	if len(q.Measures)+len(q.Dimensions) == 0 && !q.HasTimeColumn() {
		return fmt.Errorf("choose at least one measure or dimension")
	}
	if !slices.Contains([]Format{TimeSeries, Table}, q.Format) {
		return fmt.Errorf("unknown format %q: use time_series or table", q.Format)
	}
	if q.Format == TimeSeries && (!q.HasTimeColumn() || len(q.Measures) == 0) {
		return fmt.Errorf("a time series needs a measure and a time dimension with a granularity")
	}
	if q.Limit < 0 || q.Limit > MaxRows {
		return fmt.Errorf("the limit %d is out of range: at most %d rows", q.Limit, MaxRows)
	}
	if !slices.Contains([]Comparison{"", PreviousPeriod}, q.Compare) {
		return fmt.Errorf("unknown comparison %q: use previous, or leave it out", q.Compare)
	}
	if q.Compare != "" && q.TimeDimension == nil {
		return fmt.Errorf("comparing with the previous period needs a time dimension, which the range applies to")
	}
	for _, order := range q.Order {
		if order.Direction != "asc" && order.Direction != "desc" {
			return fmt.Errorf("unknown direction %q for %s: use asc or desc", order.Direction, order.Member)
		}
	}
	return q.checkMembers()
}

// checkMembers refuses members of another view: the numbers of one view never follow another's dimensions.
func (q Query) checkMembers() error {
	members := slices.Concat(q.Measures, q.Dimensions, q.Segments, q.DrillDown)
	if q.TimeDimension != nil {
		members = append(members, q.TimeDimension.Dimension)
	}
	for _, order := range q.Order {
		members = append(members, order.Member)
	}
	for _, filter := range q.Filters {
		if err := filter.check(0); err != nil {
			return err
		}
		members = filter.appendMembers(members)
	}
	for _, member := range members {
		if !strings.HasPrefix(member, q.View+".") {
			return fmt.Errorf("%q is not a member of the view %q", member, q.View)
		}
	}
	return nil
}

// HasTimeColumn tells whether the answer has a time column of its own.
func (q Query) HasTimeColumn() bool {
	return q.TimeDimension != nil && q.TimeDimension.Granularity != ""
}
