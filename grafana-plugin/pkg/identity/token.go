package identity

import (
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// tokenLifetime is short: a token serves one HTTP call.
const tokenLifetime = 60 * time.Second

type claims struct {
	jwt.RegisteredClaims
	Roles []string `json:"roles"`
}

// Sign makes the token (HS256) that tells Cube who is asking. It must never be logged.
func (i Identity) Sign(secret string, now time.Time) (string, error) {
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Subject:   i.Subject,
			IssuedAt:  jwt.NewNumericDate(now),
			ExpiresAt: jwt.NewNumericDate(now.Add(tokenLifetime)),
		},
		Roles: i.Roles,
	}).SignedString([]byte(secret))
	if err != nil {
		return "", fmt.Errorf("the token could not be signed: %w", err)
	}
	return token, nil
}
