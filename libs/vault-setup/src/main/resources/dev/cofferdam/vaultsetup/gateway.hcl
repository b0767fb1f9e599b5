# The gateway needs its own certificate from this server, and nothing else.
path "pki/sign/gateway" {
  capabilities       = ["update"]
  allowed_parameters = {
    "csr"         = []
    "common_name" = ["gateway.cofferdam.internal"]
    "ttl"         = []
  }
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
