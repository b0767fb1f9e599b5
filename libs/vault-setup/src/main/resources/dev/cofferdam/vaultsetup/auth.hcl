# auth-service signs access tokens and publishes the public key; the private one stays here.
path "transit/keys/access-token" {
  capabilities = ["read"]
}
path "transit/sign/access-token/*" {
  capabilities = ["update"]
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
