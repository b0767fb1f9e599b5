# auth-service signs access tokens and publishes the public key; the private one stays here.
path "transit/keys/access-token" {
  capabilities = ["read"]
}
path "transit/sign/access-token/*" {
  capabilities = ["update"]
}
# Its own certificate and nobody else's.
path "pki/sign/auth" {
  capabilities       = ["update"]
  allowed_parameters = {
    "csr"         = []
    "common_name" = ["auth.cofferdam.internal"]
    "ttl"         = []
  }
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
# An owner's emergency stop may close this server; opening it takes the unseal key.
path "sys/seal" {
  capabilities = ["update", "sudo"]
}
