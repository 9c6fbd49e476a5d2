package frames

import (
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// measureLabel tells several measures apart where only labels count, as in alert rules; periodLabel the two sides of a
// comparison.
const (
	measureLabel = "measure"
	periodLabel  = "period"
)

// A label can hold neither null nor nothing; these stand for them.
const (
	missing   = "(none)"
	emptyText = "(empty)"
)

// labelSet is the rows that share the values of all dimensions.
type labelSet struct {
	labels data.Labels
	// names are the label values in the order of the dimensions, for display.
	names []string
	rows  []int
}

// labelSets groups rows by their dimensions, in the order in which each group first appears. Null and a text that
// looks like its stand-in stay apart.
func labelSets(dimensions []column, rows int) []*labelSet {
	var sets []*labelSet
	known := map[string]*labelSet{}
	for row := range rows {
		key := labelKey(dimensions, row)
		set := known[key]
		if set == nil {
			set = newLabelSet(dimensions, row)
			known[key] = set
			sets = append(sets, set)
		}
		set.rows = append(set.rows, row)
	}
	return sets
}

func labelKey(dimensions []column, row int) string {
	var key strings.Builder
	for _, dimension := range dimensions {
		value := dimension.values[row]
		if value.Null {
			key.WriteString("-\x00")
		} else {
			key.WriteString("+" + value.Text + "\x00")
		}
	}
	return key.String()
}

func newLabelSet(dimensions []column, row int) *labelSet {
	set := &labelSet{labels: data.Labels{}}
	for _, dimension := range dimensions {
		value := dimension.values[row].Text
		switch {
		case dimension.values[row].Null:
			value = missing
		case value == "":
			value = emptyText
		}
		set.labels[dimension.shortName()] = value
		set.names = append(set.names, value)
	}
	return set
}

// with adds the measure where there are several, and the period where two are compared.
func (s *labelSet) with(measure column, several bool, period string) data.Labels {
	labels := s.labels.Copy()
	if several {
		labels[measureLabel] = measure.shortName()
	}
	if period != "" {
		labels[periodLabel] = period
	}
	return labels
}

// displayName is short: the measure's title where it says something, then the values of the dimensions.
func (s *labelSet) displayName(measure column, several bool) string {
	if len(s.names) == 0 {
		return measure.title()
	}
	names := strings.Join(s.names, ", ")
	if several {
		return measure.title() + " " + names
	}
	return names
}
