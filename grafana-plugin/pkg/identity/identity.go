// Package identity decides on whose behalf Cube is asked, and signs for it.
package identity

import (
	"errors"
	"fmt"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/fairunderwriting/analytics-app/pkg/settings"
)

// AlertSubject is the user that Cube sees for alert evaluations.
const AlertSubject = "grafana-alerting"

const (
	schedulerLogin  = "grafana_scheduler"
	fromAlertHeader = "FromAlert"
)

// ErrNoUser refuses requests that belong to nobody.
var ErrNoUser = errors.New("this request has no signed-in user: anonymous access and public dashboards are not served")

// Identity of one request.
type Identity struct {
	Subject string
	Roles   []string
}

// Resolve gives the caller's identity: an alert evaluation's own, or that of the signed-in user by organisation role.
func Resolve(user *backend.User, headers map[string]string, config settings.Settings) (Identity, error) {
	if isAlertEvaluation(user, headers) {
		if len(config.AlertRoles) == 0 {
			return Identity{}, errors.New("alert evaluations have no roles: set alertRoles in the data source's settings")
		}
		return Identity{Subject: AlertSubject, Roles: config.AlertRoles}, nil
	}
	if user == nil || user.Login == "" {
		return Identity{}, ErrNoUser
	}
	roles := config.RoleMapping[user.Role]
	if len(roles) == 0 {
		return Identity{}, fmt.Errorf("the organisation role %q has no Cube roles: set roleMapping in the data source's settings", user.Role)
	}
	return Identity{Subject: user.Login, Roles: roles}, nil
}

// FromAlert tells whether the request says that it serves alerting. It may shape an answer, never open one.
func FromAlert(headers map[string]string) bool {
	return headers[fromAlertHeader] == "true"
}

// isAlertEvaluation needs more than the header, which Grafana also passes on from any browser: the scheduler's own
// user (who, unlike a person that took the same login, has no e-mail address), or none at all.
func isAlertEvaluation(user *backend.User, headers map[string]string) bool {
	if !FromAlert(headers) {
		return false
	}
	return user == nil || (user.Login == schedulerLogin && user.Email == "")
}
