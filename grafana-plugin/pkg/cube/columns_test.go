package cube

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestColumnsKeepEveryScalar(t *testing.T) {
	var columns Columns
	require.NoError(t, json.Unmarshal([]byte(`{ "members": ["a", "b"], "columns": [
		[ "plain" , "comma, \"quote\" ] \\ \u00e9\n", null, "", "null" ],
		[ 1.5e3, true ,false,null , -7 ] ] }`), &columns))
	require.Equal(t, 5, columns.Rows())
	require.Equal(t, []Value{
		{Text: "plain"}, {Text: "comma, \"quote\" ] \\ é\n"}, {Null: true}, {Text: ""}, {Text: "null"},
	}, columns.Column("a"))
	require.Equal(t, []Value{{Text: "1.5e3"}, {Text: "true"}, {Text: "false"}, {Null: true}, {Text: "-7"}}, columns.Column("b"))
	require.Nil(t, columns.Column("c"))
}

func TestColumnsMayBeEmpty(t *testing.T) {
	for _, text := range []string{`[]`, `{"members":[],"columns":[]}`, `{"members":["a"],"columns":[[ ]]}`} {
		var columns Columns
		require.NoError(t, json.Unmarshal([]byte(text), &columns), text)
		require.Zero(t, columns.Rows(), text)
	}
}

func TestColumnsOfAnotherShapeAreRefused(t *testing.T) {
	for text, says := range map[string]string{
		`[{"a":1}]`:                                "not in columnar form",
		`{"members":["a"],"columns":[{}]}`:         "is not a list",
		`{"members":["a"],"columns":[[{"x":1}]]}`:  "neither text, a number",
		`{"members":["a","b"],"columns":[[1],[]]}`: "column 1 has 0 values",
		`{"members":["a","b"],"columns":[["x"]]}`:  "1 columns for 2 members",
	} {
		var columns Columns
		require.ErrorContains(t, json.Unmarshal([]byte(text), &columns), says, text)
	}
}

// Whatever text a value holds, it comes back as encoding/json reads it.
func FuzzColumn(f *testing.F) {
	f.Add("plain", `a "b" \ c, ] [`)
	f.Fuzz(func(t *testing.T, first, second string) {
		text, err := json.Marshal([]string{first, second})
		require.NoError(t, err)
		var want []string
		require.NoError(t, json.Unmarshal(text, &want))
		values, err := readColumn(string(text))
		require.NoError(t, err)
		require.Equal(t, []Value{{Text: want[0]}, {Text: want[1]}}, values)
	})
}
