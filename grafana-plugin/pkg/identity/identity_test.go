package identity

import (
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/stretchr/testify/require"

	"github.com/fairunderwriting/analytics-app/pkg/settings"
)

var config = settings.Settings{
	RoleMapping: map[string][]string{"Viewer": {"analyst"}, "Editor": {"analyst", "operations"}, "Admin": {"executive"}},
	AlertRoles:  []string{"on_call"},
}

var fromAlert = map[string]string{"FromAlert": "true"}

func TestResolve(t *testing.T) {
	scheduler := &backend.User{Login: "grafana_scheduler", Role: "Admin"}
	for name, test := range map[string]struct {
		user    *backend.User
		headers map[string]string
		want    Identity
	}{
		"viewer":              {&backend.User{Login: "vera", Role: "Viewer"}, nil, Identity{"vera", []string{"analyst"}}},
		"editor":              {&backend.User{Login: "ed", Role: "Editor"}, nil, Identity{"ed", []string{"analyst", "operations"}}},
		"admin":               {&backend.User{Login: "ada", Role: "Admin"}, nil, Identity{"ada", []string{"executive"}}},
		"alert scheduler":     {scheduler, fromAlert, Identity{AlertSubject, []string{"on_call"}}},
		"alert without user":  {nil, fromAlert, Identity{AlertSubject, []string{"on_call"}}},
		"viewer with header":  {&backend.User{Login: "vera", Role: "Viewer"}, fromAlert, Identity{"vera", []string{"analyst"}}},
		"person called as it": {&backend.User{Login: "grafana_scheduler", Email: "a@b.c", Role: "Viewer"}, fromAlert, Identity{"grafana_scheduler", []string{"analyst"}}},
	} {
		got, err := Resolve(test.user, test.headers, config)
		require.NoError(t, err, name)
		require.Equal(t, test.want, got, name)
	}
}

func TestResolveRefuses(t *testing.T) {
	_, err := Resolve(nil, nil, config)
	require.ErrorIs(t, err, ErrNoUser)
	_, err = Resolve(&backend.User{Role: "Viewer"}, nil, config)
	require.ErrorIs(t, err, ErrNoUser, "anonymous")
	_, err = Resolve(&backend.User{Role: "Admin"}, fromAlert, config)
	require.ErrorIs(t, err, ErrNoUser, "anonymous with the header of alerts")
	_, err = Resolve(&backend.User{Login: "nora", Role: "None"}, nil, config)
	require.ErrorContains(t, err, `"None" has no Cube roles`)
	_, err = Resolve(nil, fromAlert, settings.Settings{})
	require.ErrorContains(t, err, "alertRoles")
}

func TestTokenSaysWhoAsksAndExpiresSoon(t *testing.T) {
	now := time.Now().Truncate(time.Second)
	text, err := Identity{"vera", []string{"analyst"}}.Sign("secret", now)
	require.NoError(t, err)

	read := claims{}
	_, err = jwt.ParseWithClaims(text, &read, func(*jwt.Token) (any, error) { return []byte("secret"), nil },
		jwt.WithValidMethods([]string{"HS256"}))
	require.NoError(t, err)
	require.Equal(t, "vera", read.Subject)
	require.Equal(t, []string{"analyst"}, read.Roles)
	require.Equal(t, now, read.IssuedAt.Time)
	require.Equal(t, now.Add(60*time.Second), read.ExpiresAt.Time)

	_, err = jwt.ParseWithClaims(text, &claims{}, func(*jwt.Token) (any, error) { return []byte("other"), nil })
	require.ErrorIs(t, err, jwt.ErrTokenSignatureInvalid)
}
