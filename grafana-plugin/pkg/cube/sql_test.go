package cube

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParametersAreFilledIn(t *testing.T) {
	text := func(value string) *string { return &value }
	eleven := make([]*string, 11)
	for index := range eleven {
		eleven[index] = text(string(rune('a' + index)))
	}
	for name, test := range map[string]struct {
		statement  string
		parameters []*string
		want       string
	}{
		"none":                  {"select 1", nil, "select 1"},
		"text":                  {"a = $1 and b = $2", []*string{text("x"), text("2026-01-01")}, "a = 'x' and b = '2026-01-01'"},
		"again":                 {"$1, $1", []*string{text("x")}, "'x', 'x'"},
		"a quote":               {"a = $1", []*string{text("O'Hara")}, "a = 'O''Hara'"},
		"a dollar in a value":   {"$1 $2", []*string{text("$2"), text("y")}, "'$2' 'y'"},
		"null":                  {"a is $1", []*string{nil}, "a is NULL"},
		"two digits":            {"$11 $1", eleven, "'k' 'a'"},
		"inside text":           {"'$1 it''s' = $1", []*string{text("x")}, "'$1 it''s' = 'x'"},
		"inside a name":         {`"$1" = $1`, []*string{text("x")}, `"$1" = 'x'`},
		"inside comments":       {"-- $1\n/* $1 */ $1", []*string{text("x")}, "-- $1\n/* $1 */ 'x'"},
		"a dollar of its own":   {"a ~ $$ and $1", []*string{text("x")}, "a ~ $$ and 'x'"},
		"a quote without end":   {"a = 'x $1", []*string{text("x")}, "a = 'x $1"},
		"letters of all sorts":  {"é = $1", []*string{text("ü")}, "é = 'ü'"},
		"a comment without end": {"$1 -- $1", []*string{text("x")}, "'x' -- $1"},
	} {
		got, err := fillIn(test.statement, test.parameters)
		require.NoError(t, err, name)
		require.Equal(t, test.want, got, name)
	}
	_, err := fillIn("$2", []*string{text("x")})
	require.ErrorContains(t, err, "$2, but 1 parameters")
}
