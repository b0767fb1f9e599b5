# session-service holds the ticket key in memory, so that locking works while this server is away.
path "transit/export/signing-key/session-tickets" {
  capabilities = ["read"]
}
# It has heads of the audit ledger signed; the private key stays here.
path "transit/sign/audit/sha2-256" {
  capabilities       = ["update"]
  allowed_parameters = {
    "input" = []
  }
}
path "transit/keys/audit" {
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
