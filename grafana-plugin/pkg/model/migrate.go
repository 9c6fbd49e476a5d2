package model

import (
	"encoding/json"
	"fmt"
	"strings"
)

// migrations turn a stored query of one version into the next; the twin of src/datasource/migrations.ts. Both are
// tested with testdata/migrations.json.
var migrations = map[int]func([]byte) ([]byte, error){
	0: fromREST,
}

// migrate brings a stored query to the current version. One that is newer stays as it is.
func migrate(text []byte) ([]byte, error) {
	for {
		var stored struct {
			Kind    string `json:"kind"`
			Version int    `json:"version"`
		}
		if err := json.Unmarshal(text, &stored); err != nil {
			return nil, err
		}
		step := migrations[stored.Version]
		if step == nil || (stored.Version == 0 && stored.Kind != "") {
			return text, nil
		}
		next, err := step(text)
		if err != nil {
			return nil, err
		}
		text = next
	}
}

// restQuery is a query of Cube's REST API, as other tools store it: the fields that have a place here.
type restQuery struct {
	Measures       []string        `json:"measures"`
	Dimensions     []string        `json:"dimensions"`
	Segments       []string        `json:"segments"`
	TimeDimensions []TimeDimension `json:"timeDimensions"`
	Filters        []restFilter    `json:"filters"`
	Order          json.RawMessage `json:"order"`
	Limit          int             `json:"limit"`
	TimeZone       string          `json:"timezone"`
}

// restFilter may call its member a dimension, and hold numbers among its values.
type restFilter struct {
	Member    string       `json:"member"`
	Dimension string       `json:"dimension"`
	Operator  string       `json:"operator"`
	Values    []any        `json:"values"`
	And       []restFilter `json:"and"`
	Or        []restFilter `json:"or"`
}

// fromREST reads a query without a version. A fixed range of dates is left out: the request's takes its place.
func fromREST(text []byte) ([]byte, error) {
	var rest restQuery
	if err := json.Unmarshal(text, &rest); err != nil {
		return nil, err
	}
	order, err := restOrder(rest.Order)
	if err != nil {
		return nil, err
	}
	query := Query{
		Kind: "view", Version: 1, View: rest.view(), Format: Table,
		Measures: rest.Measures, Dimensions: rest.Dimensions, Segments: rest.Segments,
		Filters: restFilters(rest.Filters), Order: order, Limit: rest.Limit, TimeZone: rest.TimeZone,
	}
	if len(rest.TimeDimensions) > 0 {
		query.TimeDimension = &rest.TimeDimensions[0]
		if query.HasTimeColumn() && len(query.Measures) > 0 {
			query.Format = TimeSeries
		}
	}
	return json.Marshal(query)
}

func (r restQuery) view() string {
	members := append(r.Measures[:len(r.Measures):len(r.Measures)], r.Dimensions...)
	for _, time := range r.TimeDimensions {
		members = append(members, time.Dimension)
	}
	if len(members) == 0 {
		return ""
	}
	view, _, _ := strings.Cut(members[0], ".")
	return view
}

func restFilters(list []restFilter) []Filter {
	result := make([]Filter, len(list))
	for index, filter := range list {
		result[index] = Filter{Operator: filter.Operator, Member: filter.Member}
		if filter.Member == "" {
			result[index].Member = filter.Dimension
		}
		for _, value := range filter.Values {
			result[index].Values = append(result[index].Values, fmt.Sprint(value))
		}
		if len(filter.And) > 0 {
			result[index].And = restFilters(filter.And)
		}
		if len(filter.Or) > 0 {
			result[index].Or = restFilters(filter.Or)
		}
	}
	return result
}

// restOrder reads both forms: {"member": "asc"}, whose order JSON does not keep, and [["member", "asc"]].
func restOrder(text json.RawMessage) ([]Order, error) {
	var pairs [][2]string
	if len(text) == 0 || json.Unmarshal(text, &pairs) == nil {
		result := make([]Order, len(pairs))
		for index, pair := range pairs {
			result[index] = Order{Member: pair[0], Direction: pair[1]}
		}
		return result, nil
	}
	var one map[string]string
	if err := json.Unmarshal(text, &one); err != nil {
		return nil, fmt.Errorf("order: %w", err)
	}
	if len(one) > 1 {
		return nil, fmt.Errorf("order by several members must be a list: [[\"member\", \"asc\"], ...]")
	}
	result := []Order{}
	for member, direction := range one {
		result = append(result, Order{Member: member, Direction: direction})
	}
	return result, nil
}
