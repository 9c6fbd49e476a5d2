package plugin

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFailuresOfServicesSayWhatToDo(t *testing.T) {
	long := strings.Repeat("ä", 500)
	for name, test := range map[string]struct {
		status int
		body   string
		gives  int
		says   string
	}{
		"conflict":       {409, `{"message":"The alert is resolved already."}`, 409, "The alert is resolved already."},
		"forbidden":      {403, `{"error":"Only operations may."}`, 403, "Only operations may."},
		"not found":      {404, `<html>private</html>`, 404, "it gave no reason."},
		"refused at all": {401, `{"message":"x"}`, 502, "The alert service does not accept the token"},
		"down inside":    {503, `{"message":"No database."}`, 502, "The alert service failed (503): No database."},
		"a redirect":     {302, ``, 502, "check its address"},
		"a page":         {200, `<html>`, 502, "check its address"},
		"a long reason":  {400, `{"message":"` + long + `"}`, 400, strings.Repeat("ä", 400) + "..."},
	} {
		fake := newFakeService(t, func(writer http.ResponseWriter, _ *http.Request) {
			writer.Header().Set("Location", "/elsewhere")
			reply(writer, test.status, test.body)
		})
		status, answer := callService(t, withServices(t, fake), signedIn("Viewer"), "GET", "services/alerts/v1/alerts", "", nil)
		require.Equal(t, test.gives, status, name)
		require.Contains(t, answer["message"], test.says, name)
		require.Len(t, fake.calls, 1, name)
	}
}

func TestAnAnswerOfAnotherKindIsNotPassedOn(t *testing.T) {
	fake := newFakeService(t, func(writer http.ResponseWriter, _ *http.Request) {
		writer.Header().Set("Content-Type", "text/html")
		_, _ = writer.Write([]byte(`{"looks":"like JSON"}`))
	})
	status, _ := callService(t, withServices(t, fake), signedIn("Viewer"), "GET", "services/ml/v1/features", "", nil)
	require.Equal(t, http.StatusBadGateway, status)
}

func TestNothingToSayIsPassedOn(t *testing.T) {
	fake := newFakeService(t, func(writer http.ResponseWriter, _ *http.Request) { writer.WriteHeader(http.StatusNoContent) })
	status, _ := callService(t, withServices(t, fake), signedIn("Editor"), "DELETE", "services/cohorts/7f", "", nil)
	require.Equal(t, http.StatusNoContent, status)
}

func TestAServiceThatIsNotConfigured(t *testing.T) {
	fake := newFakeService(t, always(http.StatusOK, `{}`))
	status, answer := callService(t, source(t, fake.URL, "{}"), signedIn("Admin"), "GET", "services/ml/v1/features", "", nil)
	require.Equal(t, http.StatusNotImplemented, status)
	require.Contains(t, answer["message"], "enter its address (mlUrl) in the data source's settings")
	status, _ = callService(t, source(t, fake.URL, "{}"), signedIn("Admin"), "GET", "services/cohorts", "", nil)
	require.Equal(t, http.StatusOK, status, "the cohort store is Cube's own")
}

func TestAServiceThatIsDown(t *testing.T) {
	fake := newFakeService(t, always(http.StatusOK, `{}`))
	source := withServices(t, fake)
	fake.Close()
	status, answer := callService(t, source, signedIn("Viewer"), "GET", "services/ml/v1/features", "", nil)
	require.Equal(t, http.StatusBadGateway, status)
	require.Contains(t, answer["message"], "The churn service cannot be reached")
	require.NotContains(t, answer["message"], "127.0.0.1")
}

func TestAServiceThatHangs(t *testing.T) {
	fake := newFakeService(t, func(_ http.ResponseWriter, request *http.Request) { <-request.Context().Done() })
	source := withServices(t, fake)
	source.config.Budget = 1
	status, answer := callService(t, source, signedIn("Viewer"), "GET", "services/ml/v1/features", "", nil)
	require.Equal(t, http.StatusGatewayTimeout, status)
	require.Contains(t, answer["message"], "does not answer in time")
}

func TestSizesHaveLimits(t *testing.T) {
	fake := newFakeService(t, always(http.StatusOK, `{"a":"`+strings.Repeat("x", 5<<20)+`"}`))
	source := withServices(t, fake)
	status, answer := callService(t, source, signedIn("Viewer"), "GET", "services/ml/v1/features", "", nil)
	require.Equal(t, http.StatusBadGateway, status)
	require.Contains(t, answer["message"], "more than 4 MiB")
	status, answer = callService(t, source, signedIn("Viewer"), "POST", "services/ml/v1/scores", strings.Repeat("x", 65<<10), nil)
	require.Equal(t, http.StatusRequestEntityTooLarge, status)
	require.Contains(t, answer["message"], "larger than 64 KiB")
	require.Len(t, fake.calls, 1)
}
