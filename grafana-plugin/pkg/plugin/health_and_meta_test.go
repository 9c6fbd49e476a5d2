package plugin

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

const metaAnswer = `{"cubes":[
	{"name":"revenue","title":"Revenue","type":"view","connectedComponent":1,"fileName":"model/views/revenue.yml",
	 "measures":[{"name":"revenue.mrr","title":"Revenue MRR","shortTitle":"MRR","type":"number","format":"currency","sql":"sum(x)","aggType":"sum"}],
	 "dimensions":[{"name":"revenue.state","title":"Revenue State","shortTitle":"State","type":"string","primaryKey":false}],
	 "segments":[]},
	{"name":"subscriptions","title":"Hidden","type":"cube","measures":[],"dimensions":[],"segments":[]}]}`

func health(t *testing.T, source *Datasource, caller backend.PluginContext) *backend.CheckHealthResult {
	t.Helper()
	result, err := source.CheckHealth(context.Background(), &backend.CheckHealthRequest{PluginContext: caller})
	require.NoError(t, err)
	return result
}

func TestHealth(t *testing.T) {
	fake := newFakeCube(t, withMeta(always(http.StatusOK, oneRow)))
	result := health(t, source(t, fake.URL, "{}"), viewer())
	require.Equal(t, backend.HealthStatusOk, result.Status)
	require.Equal(t, "Cube answers and offers 1 views to you.", result.Message)
	require.Equal(t, "vera", fake.calls[0].claims["sub"])
	require.JSONEq(t, `{"query":{"measures":["revenue.mrr"],"limit":1,"responseFormat":"columnar"}}`, string(fake.calls[1].body))
}

func TestHealthSaysWhatIsWrong(t *testing.T) {
	good := newFakeCube(t, always(http.StatusOK, metaAnswer))
	empty := newFakeCube(t, always(http.StatusOK, `{"cubes":[]}`))
	other := newFakeCube(t, always(http.StatusOK, `{"hello":"world"}`))
	old := newFakeCube(t, withMeta(always(http.StatusOK, `{"data":[{"revenue.mrr":"1"}]}`)))
	broken := newFakeCube(t, withMeta(always(http.StatusServiceUnavailable, `{"error":"The database cannot be reached."}`)))
	busy := newFakeCube(t, withMeta(always(http.StatusOK, `{"error":"Continue wait"}`)))
	late := source(t, good.URL, "{}")
	late.client.Now = func() time.Time { return time.Now().Add(-time.Hour) }
	for says, source := range map[string]*Datasource{
		"clocks of Grafana and Cube differ by about 1h0m0s":                                        late,
		"columnar form: Cube 1.7 or newer is needed":                                               source(t, old.URL, "{}"),
		"offers 1 views, but answers no query: Cube failed (503): The database cannot be reached.": source(t, broken.URL, "{}"),
		"still working on the query after 1s":                                                      source(t, busy.URL, `{"budgetSeconds":1}`),
		"URL of Cube is missing":                                                                   sourceWithSecret(t, "", "{}", secret),
		"API secret is missing":                                                                    sourceWithSecret(t, good.URL, "{}", ""),
		"CUBEJS_API_SECRET":                                                                        sourceWithSecret(t, good.URL, "{}", "wrong"),
		"no view to your role":                                                                     source(t, empty.URL, "{}"),
		"Cube 1.7 or newer":                                                                        source(t, other.URL, "{}"),
		"has no Cube roles":                                                                        source(t, good.URL, `{"roleMapping":{"Viewer":[]}}`),
	} {
		result := health(t, source, viewer())
		require.Equal(t, backend.HealthStatusError, result.Status, says)
		require.Contains(t, result.Message, says)
	}
	require.Contains(t, health(t, source(t, good.URL, "{}"), backend.PluginContext{}).Message, "no signed-in user")
}

// resource calls a resource as the given user.
func resource(t *testing.T, source *Datasource, caller backend.PluginContext, method, path string) *backend.CallResourceResponse {
	t.Helper()
	return resourceWith(t, source, caller, method, path, "")
}

func resourceWith(
	t *testing.T, source *Datasource, caller backend.PluginContext, method, path, body string,
) *backend.CallResourceResponse {
	t.Helper()
	var got *backend.CallResourceResponse
	err := source.CallResource(context.Background(),
		&backend.CallResourceRequest{PluginContext: caller, Method: method, Path: path, URL: path, Body: []byte(body)},
		backend.CallResourceResponseSenderFunc(func(response *backend.CallResourceResponse) error {
			got = response
			return nil
		}))
	require.NoError(t, err)
	return got
}

func TestMetaShowsViewsAndNothingOfTheModelBehindThem(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, metaAnswer))
	answer := resource(t, source(t, fake.URL, "{}"), viewer(), http.MethodGet, "meta")
	require.Equal(t, http.StatusOK, answer.Status)
	require.JSONEq(t, `{"views":[{"name":"revenue","title":"Revenue",
		"measures":[{"name":"revenue.mrr","title":"Revenue MRR","shortTitle":"MRR","type":"number","format":"currency"}],
		"dimensions":[{"name":"revenue.state","title":"Revenue State","shortTitle":"State","type":"string"}],
		"segments":[]}]}`, string(answer.Body))
	require.Equal(t, "/cubejs-api/v1/meta", fake.calls[0].path)
	require.Equal(t, []any{"analyst"}, fake.calls[0].claims["roles"])
}

func TestMetaNeedsAUser(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, metaAnswer))
	require.Equal(t, http.StatusForbidden, resource(t, source(t, fake.URL, "{}"), backend.PluginContext{}, http.MethodGet, "meta").Status)
	require.Empty(t, fake.calls)
}

func TestThereAreNoOtherResources(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, metaAnswer))
	for _, path := range []string{"", "load", "sql", "model-files", "db-schema", "meta/../load"} {
		status := resource(t, source(t, fake.URL, "{}"), viewer(), http.MethodGet, path).Status
		require.GreaterOrEqual(t, status, 300, path)
	}
	require.Equal(t, http.StatusMethodNotAllowed, resource(t, source(t, fake.URL, "{}"), viewer(), http.MethodPost, "meta").Status)
	require.Empty(t, fake.calls)
}
