# The supervisor hands each service one secret id, which it never sees itself: only wrapped.
path "auth/approle/role/auth/secret-id" {
  capabilities     = ["update"]
  min_wrapping_ttl = "1s"
  max_wrapping_ttl = "300s"
}
path "auth/approle/role/session/secret-id" {
  capabilities     = ["update"]
  min_wrapping_ttl = "1s"
  max_wrapping_ttl = "300s"
}
path "auth/approle/role/workspace/secret-id" {
  capabilities     = ["update"]
  min_wrapping_ttl = "1s"
  max_wrapping_ttl = "300s"
}
path "auth/approle/role/gateway/secret-id" {
  capabilities     = ["update"]
  min_wrapping_ttl = "1s"
  max_wrapping_ttl = "300s"
}
# Certificates of the parts that can't ask themselves, and its own.
path "pki/sign/kafka" {
  capabilities       = ["update"]
  allowed_parameters = {
    "csr"         = []
    "common_name" = ["kafka.cofferdam.internal"]
    "ttl"         = []
  }
}
path "pki/sign/postgres" {
  capabilities       = ["update"]
  allowed_parameters = {
    "csr"         = []
    "common_name" = ["postgres.cofferdam.internal"]
    "ttl"         = []
  }
}
path "pki/sign/stack" {
  capabilities       = ["update"]
  allowed_parameters = {
    "csr"         = []
    "common_name" = ["stack.cofferdam.internal"]
    "ttl"         = []
  }
}
path "transit/keys/session-tickets" {
  capabilities = ["read"]
}
# What verifies heads of the audit ledger, to be kept outside.
path "transit/keys/audit" {
  capabilities = ["read"]
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}
