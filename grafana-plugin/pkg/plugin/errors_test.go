package plugin

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

func TestFailuresNameWhatIsWrong(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		says   string
		gives  backend.Status
		source backend.ErrorSource
	}{
		"unknown member": {403, `{"error":"\"revenue.mmr\" does not exist or is not available to your role."}`,
			`Cube refuses the query: "revenue.mmr" does not exist`, backend.StatusForbidden, backend.ErrorSourceDownstream},
		"bad query":    {400, `{"error":"Error: limit is at most 50000 rows."}`, "Cube refuses the query: limit is at most", backend.StatusBadRequest, backend.ErrorSourceDownstream},
		"wrong path":   {404, `<html>not here</html>`, "no Cube API at this address", backend.StatusNotFound, backend.ErrorSourceDownstream},
		"busy":         {429, `{}`, "busy", backend.StatusTooManyRequests, backend.ErrorSourceDownstream},
		"broken":       {500, `{"error":"Internal error (id 7)"}`, "Cube failed (500): Internal error (id 7)", backend.StatusBadGateway, backend.ErrorSourceDownstream},
		"html error":   {502, `<html>secret gateway page</html>`, "Cube failed (502): (no message)", backend.StatusBadGateway, backend.ErrorSourceDownstream},
		"redirect-ish": {302, ``, "unexpected status 302", backend.StatusBadGateway, backend.ErrorSourceDownstream},
		"error in 200": {200, `{"error":"Query was cancelled"}`, "Query was cancelled", backend.StatusBadGateway, backend.ErrorSourceDownstream},
		"old Cube":     {200, `{"data":[{"revenue.mrr":"1"}]}`, "Cube 1.7 or newer", backend.StatusBadGateway, backend.ErrorSourceDownstream},
		"no column": {200, `{"annotation":{},"data":{"members":["revenue.arr"],"columns":[["1"]]}}`,
			"no column revenue.mrr", backend.StatusBadRequest, backend.ErrorSourcePlugin},
	} {
		fake := newFakeCube(t, always(test.status, test.body))
		answer := ask(t, source(t, fake.URL, "{}"), context.Background(), mrrQuery)["A"]
		require.ErrorContains(t, answer.Error, test.says, name)
		require.NotContains(t, answer.Error.Error(), "<html>", name)
		require.Equal(t, test.gives, answer.Status, name)
		require.Equal(t, test.source, answer.ErrorSource, name)
	}
}

func TestAnotherServerIsNotCube(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, _ *http.Request) {
		_, _ = writer.Write([]byte("<html>hello</html>"))
	}))
	defer page.Close()
	answer := ask(t, source(t, page.URL, "{}"), context.Background(), mrrQuery)["A"]
	require.ErrorContains(t, answer.Error, "check the data source's URL")
}

func TestCubeDownFailsFast(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, oneRow))
	address := fake.URL
	fake.Close()
	started := time.Now()
	answers := ask(t, source(t, address, "{}"), context.Background(), mrrQuery, mrrQuery, mrrQuery, mrrQuery)
	require.Less(t, time.Since(started), 10*time.Second)
	for _, answer := range answers {
		require.ErrorContains(t, answer.Error, "Nothing answers at 127.0.0.1:")
		require.Equal(t, backend.StatusBadGateway, answer.Status)
		require.Equal(t, backend.ErrorSourceDownstream, answer.ErrorSource)
	}
}

func TestWrongSecretAndWrongClockAreToldApart(t *testing.T) {
	fake := newFakeCube(t, always(http.StatusOK, oneRow))
	answer := ask(t, sourceWithSecret(t, fake.URL, "{}", "another one"), context.Background(), mrrQuery)["A"]
	require.ErrorContains(t, answer.Error, "check that the data source's API secret")
	require.NotContains(t, answer.Error.Error(), "another one")
	require.Equal(t, backend.StatusUnauthorized, answer.Status)

	late := source(t, fake.URL, "{}")
	late.client.Now = func() time.Time { return time.Now().Add(-10 * time.Minute) }
	answer = ask(t, late, context.Background(), mrrQuery)["A"]
	require.ErrorContains(t, answer.Error, "clocks of Grafana and Cube differ by about 10m0s")
}
