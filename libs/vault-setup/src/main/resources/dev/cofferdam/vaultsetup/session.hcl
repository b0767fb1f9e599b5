# session-service holds the ticket key in memory, so that locking works while this server is away.
path "transit/export/signing-key/session-tickets" {
  capabilities = ["read"]
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
