package plugin

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

const secret = "a secret of the tests"

// call is one request that the fake Cube got.
type call struct {
	method string
	path   string
	body   []byte
	claims jwt.MapClaims
}

// fakeCube answers as Cube does, and keeps what it was asked.
type fakeCube struct {
	*httptest.Server
	lock  sync.Mutex
	calls []call
}

func newFakeCube(t *testing.T, answer http.HandlerFunc) *fakeCube {
	t.Helper()
	fake := &fakeCube{}
	fake.Server = httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		claims := jwt.MapClaims{}
		_, err := jwt.ParseWithClaims(request.Header.Get("Authorization"), claims, func(*jwt.Token) (any, error) {
			return []byte(secret), nil
		})
		if err != nil {
			reply(writer, http.StatusUnauthorized, `{"error":"The token is not valid."}`)
			return
		}
		fake.lock.Lock()
		fake.calls = append(fake.calls, call{request.Method, request.URL.Path, body, claims})
		fake.lock.Unlock()
		answer(writer, request)
	}))
	t.Cleanup(fake.Close)
	return fake
}

// withMeta answers what is offered by itself, and leaves the rest to the given answer.
func withMeta(answer http.HandlerFunc) http.HandlerFunc {
	return func(writer http.ResponseWriter, request *http.Request) {
		if strings.HasSuffix(request.URL.Path, "/meta") {
			reply(writer, http.StatusOK, metaAnswer)
			return
		}
		answer(writer, request)
	}
}

func reply(writer http.ResponseWriter, status int, body string) {
	writer.Header().Set("Content-Type", "application/json; charset=utf-8")
	writer.WriteHeader(status)
	_, _ = writer.Write([]byte(body))
}

// always gives the same answer.
func always(status int, body string) http.HandlerFunc {
	return func(writer http.ResponseWriter, _ *http.Request) { reply(writer, status, body) }
}

const oneRow = `{"annotation":{"measures":{"revenue.mrr":{"shortTitle":"MRR","type":"number"}}},
	"data":{"members":["revenue.mrr"],"columns":[["49036.41"]]}}`

func source(t *testing.T, url, jsonData string) *Datasource {
	t.Helper()
	return sourceWithSecret(t, url, jsonData, secret)
}

func sourceWithSecret(t *testing.T, url, jsonData, apiSecret string) *Datasource {
	t.Helper()
	instance, err := New(context.Background(), backend.DataSourceInstanceSettings{
		URL:                     url,
		JSONData:                []byte(jsonData),
		DecryptedSecureJSONData: map[string]string{"apiSecret": apiSecret},
	})
	require.NoError(t, err)
	created, ok := instance.(*Datasource)
	require.True(t, ok)
	return created
}

func viewer() backend.PluginContext {
	return backend.PluginContext{User: &backend.User{Login: "vera", Email: "vera@example.org", Role: "Viewer"}}
}

const mrrQuery = `{"kind":"view","version":1,"view":"revenue","measures":["revenue.mrr"],"timeDimension":{"dimension":"revenue.as_of"},"format":"table"}`

// ask runs the queries, named A, B, ..., as the viewer.
func ask(t *testing.T, source *Datasource, ctx context.Context, queries ...string) backend.Responses {
	t.Helper()
	return askWith(t, source, ctx, viewer(), nil, queries...)
}

func askWith(
	t *testing.T, source *Datasource, ctx context.Context, caller backend.PluginContext, headers map[string]string, queries ...string,
) backend.Responses {
	t.Helper()
	request := &backend.QueryDataRequest{PluginContext: caller, Headers: headers}
	for index, query := range queries {
		request.Queries = append(request.Queries, backend.DataQuery{
			RefID:    string(rune('A' + index)),
			JSON:     json.RawMessage(query),
			Interval: time.Hour,
			TimeRange: backend.TimeRange{
				From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
				To:   time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC),
			},
		})
	}
	response, err := source.QueryData(ctx, request)
	require.NoError(t, err)
	return response.Responses
}
