package plugin

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"
)

// serviceCall is what a fake service got.
type serviceCall struct {
	method, address, body string
	header                http.Header
	claims                jwt.MapClaims
}

type fakeService struct {
	*httptest.Server
	lock  sync.Mutex
	calls []serviceCall
}

// newFakeService answers like one of ours: 401 without a token that it can verify.
func newFakeService(t *testing.T, answer http.HandlerFunc) *fakeService {
	t.Helper()
	fake := &fakeService{}
	fake.Server = httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		claims := jwt.MapClaims{}
		text := strings.TrimPrefix(request.Header.Get("Authorization"), "Bearer ")
		if _, err := jwt.ParseWithClaims(text, claims, func(*jwt.Token) (any, error) { return []byte(secret), nil }); err != nil {
			reply(writer, http.StatusUnauthorized, `{"message":"no"}`)
			return
		}
		fake.lock.Lock()
		fake.calls = append(fake.calls, serviceCall{request.Method, request.URL.String(), string(body), request.Header, claims})
		fake.lock.Unlock()
		answer(writer, request)
	}))
	t.Cleanup(fake.Close)
	return fake
}

func withServices(t *testing.T, fake *fakeService) *Datasource {
	t.Helper()
	return source(t, fake.URL+"/cubejs-api/v1", fmt.Sprintf(`{"mlUrl":%q,"alertsUrl":%q}`, fake.URL+"/ml", fake.URL+"/alerts"))
}

func signedIn(role string) backend.PluginContext {
	return backend.PluginContext{User: &backend.User{Login: "p-" + role, Email: "p@example.org", Role: role}}
}

// callService calls a resource and gives its status and JSON.
func callService(
	t *testing.T, source *Datasource, caller backend.PluginContext, method, path, body string, headers map[string][]string,
) (int, map[string]any) {
	t.Helper()
	before, _, _ := strings.Cut(path, "?")
	var got *backend.CallResourceResponse
	err := source.CallResource(context.Background(),
		&backend.CallResourceRequest{PluginContext: caller, Method: method, Path: before, URL: path, Body: []byte(body), Headers: headers},
		backend.CallResourceResponseSenderFunc(func(response *backend.CallResourceResponse) error {
			got = response
			return nil
		}))
	require.NoError(t, err)
	answer := map[string]any{}
	_ = json.Unmarshal(got.Body, &answer)
	return got.Status, answer
}

func TestEveryRouteReachesItsService(t *testing.T) {
	fake := newFakeService(t, always(http.StatusOK, `{"fine":true}`))
	source := withServices(t, fake)
	for asked, reached := range map[string]string{
		"GET services/ml/readyz":                               "/ml/readyz",
		"GET services/ml/v1/features":                          "/ml/v1/features",
		"GET services/ml/v1/customers/a1-b2/churn":             "/ml/v1/customers/a1-b2/churn",
		"GET services/ml/v1/customers/a1-b2/churn/history":     "/ml/v1/customers/a1-b2/churn/history",
		"POST services/ml/v1/scores":                           "/ml/v1/scores",
		"POST services/ml/v1/what-if":                          "/ml/v1/what-if",
		"GET services/ml/v1/interventions?customerId=a1":       "/ml/v1/interventions?customerId=a1",
		"POST services/ml/v1/interventions":                    "/ml/v1/interventions",
		"GET services/alerts/readyz":                           "/alerts/readyz",
		"GET services/alerts/v1/alerts?status=open&severity=a": "/alerts/v1/alerts?severity=a&status=open",
		"GET services/alerts/v1/alerts/7f":                     "/alerts/v1/alerts/7f",
		"POST services/alerts/v1/alerts/7f/acknowledge":        "/alerts/v1/alerts/7f/acknowledge",
		"POST services/alerts/v1/alerts/7f/resolve":            "/alerts/v1/alerts/7f/resolve",
		"POST services/alerts/v1/alerts/7f/notes":              "/alerts/v1/alerts/7f/notes",
		"GET services/cohorts":                                 "/fua/cohorts",
		"POST services/cohorts":                                "/fua/cohorts",
		"PUT services/cohorts/7f":                              "/fua/cohorts/7f",
		"DELETE services/cohorts/7f":                           "/fua/cohorts/7f",
	} {
		method, path, _ := strings.Cut(asked, " ")
		status, answer := callService(t, source, signedIn("Viewer"), method, path, "", nil)
		require.Equal(t, http.StatusOK, status, asked)
		require.Equal(t, map[string]any{"fine": true}, answer, asked)
		last := fake.calls[len(fake.calls)-1]
		require.Equal(t, method+" "+reached, last.method+" "+last.address, asked)
	}
}

func TestNothingElseIsPassedOn(t *testing.T) {
	fake := newFakeService(t, always(http.StatusOK, `{}`))
	source := withServices(t, fake)
	for _, asked := range []string{
		"GET services", "GET services/ml", "GET services/other/v1/alerts", "GET services/ml/metrics", "GET services/ml/docs",
		"POST services/alerts/v1/webhooks/grafana", "DELETE services/alerts/v1/alerts/7f", "POST services/ml/v1/features",
		"GET services/cohorts/7f", "GET services/ml/v1/customers/../../metrics/churn", "GET services/ml/v1/../metrics",
		"GET services/ml/v1/customers/%2e%2e/churn", "GET services/ml/v1/customers/..%2f..%2fmetrics/churn",
		"GET services/ml/v1/customers/a%3Fb/churn", "GET services/ml/v1/customers/a%20b/churn",
		"GET services//ml/v1/features", "GET services/ml//v1/features", "DELETE services/cohorts/..%2f..%2flivez",
		"GET services/ml/v1/features?" + strings.Repeat("a", 2_001), "GET services/ml/v1/features?a=%zz",
		"GET services/ml/v1/customers/" + strings.Repeat("a", 101) + "/churn",
	} {
		method, path, _ := strings.Cut(asked, " ")
		status, _ := callService(t, source, signedIn("Admin"), method, path, "", nil)
		require.GreaterOrEqual(t, status, 300, asked)
	}
	require.Empty(t, fake.calls)
}

func TestServicesLearnWhoAsks(t *testing.T) {
	for role, roles := range map[string][]any{
		"Viewer": {"analyst"}, "Editor": {"analyst", "operations"}, "Admin": {"executive"},
	} {
		fake := newFakeService(t, always(http.StatusOK, `{}`))
		status, _ := callService(t, withServices(t, fake), signedIn(role), "GET", "services/ml/v1/features", "", nil)
		require.Equal(t, http.StatusOK, status, role)
		require.Equal(t, "p-"+role, fake.calls[0].claims["sub"])
		require.Equal(t, roles, fake.calls[0].claims["roles"])
	}
}

func TestNobodyReachesNoService(t *testing.T) {
	fake := newFakeService(t, always(http.StatusOK, `{}`))
	for _, caller := range []backend.PluginContext{{}, {User: &backend.User{Role: "Admin"}}, signedIn("None")} {
		status, _ := callService(t, withServices(t, fake), caller, "GET", "services/ml/v1/features", "",
			map[string][]string{"FromAlert": {"true"}})
		require.Equal(t, http.StatusForbidden, status)
	}
	require.Empty(t, fake.calls)
}

func TestOnlyTwoHeadersAndTheBodyGoOn(t *testing.T) {
	fake := newFakeService(t, always(http.StatusCreated, `{"id":"9"}`))
	status, answer := callService(t, withServices(t, fake), signedIn("Editor"), "POST", "services/ml/v1/interventions", `{"type":"call"}`,
		map[string][]string{
			"Content-Type": {"application/json"}, "Idempotency-Key": {"k1"}, "Cookie": {"grafana_session=x"},
			"Authorization": {"Bearer mine"}, "X-Grafana-Id": {"y"}, "X-Forwarded-For": {"1.2.3.4"},
		})
	require.Equal(t, http.StatusCreated, status)
	require.Equal(t, map[string]any{"id": "9"}, answer)
	call := fake.calls[0]
	require.Equal(t, `{"type":"call"}`, call.body)
	require.Equal(t, "application/json", call.header.Get("Content-Type"))
	require.Equal(t, "k1", call.header.Get("Idempotency-Key"))
	require.Empty(t, call.header.Get("Cookie"))
	require.Empty(t, call.header.Get("X-Grafana-Id"))
	require.Empty(t, call.header.Get("X-Forwarded-For"))
	require.Equal(t, "p-Editor", call.claims["sub"])
}
