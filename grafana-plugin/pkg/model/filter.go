package model

import (
	"fmt"
	"slices"
	"strings"
)

const maxFilterDepth = 8

// Filter is either one condition or a group: exactly one of Member, And, Or is set.
type Filter struct {
	Member   string   `json:"member,omitempty"`
	Operator string   `json:"operator,omitempty"`
	Values   []string `json:"values,omitempty"`
	And      []Filter `json:"and,omitempty"`
	Or       []Filter `json:"or,omitempty"`
}

// withoutValues are the operators that take none; every other one needs at least one value.
var withoutValues = []string{"set", "notSet"}

var withValues = []string{
	"equals", "notEquals",
	"contains", "notContains", "startsWith", "notStartsWith", "endsWith", "notEndsWith",
	"gt", "gte", "lt", "lte",
	"inDateRange", "notInDateRange", "onTheDate", "beforeDate", "beforeOrOnDate", "afterDate", "afterOrOnDate",
}

func (f Filter) check(depth int) error {
	if depth > maxFilterDepth {
		return fmt.Errorf("filters are nested more than %d deep", maxFilterDepth)
	}
	if group := slices.Concat(f.And, f.Or); len(group) > 0 {
		if f.Member != "" || (len(f.And) > 0 && len(f.Or) > 0) {
			return fmt.Errorf("a filter is one condition, one `and` or one `or`")
		}
		for _, part := range group {
			if err := part.check(depth + 1); err != nil {
				return err
			}
		}
		return nil
	}
	return f.checkCondition()
}

func (f Filter) checkCondition() error {
	if f.Member == "" {
		return fmt.Errorf("a filter has no member")
	}
	if slices.Contains(withoutValues, f.Operator) {
		return nil
	}
	if !slices.Contains(withValues, f.Operator) {
		known := strings.Join(slices.Concat(withValues, withoutValues), ", ")
		return fmt.Errorf("unknown filter operator %q on %s: use one of %s", f.Operator, f.Member, known)
	}
	if len(f.Values) == 0 {
		return fmt.Errorf("the filter on %s has no value", f.Member)
	}
	return nil
}

func (f Filter) appendMembers(members []string) []string {
	if f.Member != "" {
		return append(members, f.Member)
	}
	for _, part := range slices.Concat(f.And, f.Or) {
		members = part.appendMembers(members)
	}
	return members
}
