# session-service holds the ticket key in memory, so that locking works while this server is away.
path "transit/export/signing-key/session-tickets" {
  capabilities = ["read"]
}
# Its own certificate and nobody else's.
path "pki/sign/session" {
  capabilities       = ["update"]
  allowed_parameters = {
    "csr"         = []
    "common_name" = ["session.cofferdam.internal"]
    "ttl"         = []
  }
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
