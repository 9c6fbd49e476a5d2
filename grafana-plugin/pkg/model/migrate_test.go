package model

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMigrationsAgreeWithTheEditor(t *testing.T) {
	text, err := os.ReadFile("testdata/migrations.json")
	require.NoError(t, err)
	var cases []struct {
		Name             string
		Stored, Expected json.RawMessage
	}
	require.NoError(t, json.Unmarshal(text, &cases))
	for _, test := range cases {
		migrated, err := migrate(test.Stored)
		require.NoError(t, err, test.Name)
		require.Equal(t, normal(t, test.Expected), normal(t, migrated), test.Name)
	}
}

// normal makes what is left out and what is empty the same.
func normal(t *testing.T, text []byte) Query {
	t.Helper()
	var query Query
	require.NoError(t, json.Unmarshal(text, &query))
	for _, list := range []*[]string{&query.Measures, &query.Dimensions, &query.Segments} {
		if *list == nil {
			*list = []string{}
		}
	}
	if query.Filters == nil {
		query.Filters = []Filter{}
	}
	if query.Order == nil {
		query.Order = []Order{}
	}
	return query
}

func TestAnOrderWithoutOrderIsRefused(t *testing.T) {
	_, err := Parse([]byte(`{"measures":["labs.tests"],"order":{"labs.tests":"asc","labs.name":"asc"}}`))
	require.ErrorContains(t, err, "must be a list")
}
