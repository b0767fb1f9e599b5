# workspace-service makes, grants and shreds keys of workspaces and is never answered with one.
# A star stands for anything after it, slashes too: what may be sent is what keeps /import,
# /config and the like harmless. Nothing exportable can be made, no key material brought in.
path "transit/keys/ws-*" {
  capabilities       = ["create", "update", "read", "delete"]
  allowed_parameters = {
    "type"             = ["aes256-gcm96"]
    "deletion_allowed" = [true]
  }
}
path "transit/datakey/wrapped/ws-*" {
  capabilities       = ["update"]
  allowed_parameters = {
    "bits" = []
  }
}
path "transit/datakey/plaintext/*" {
  capabilities = ["deny"]
}
# A shortest life for wrapping means: an answer that is not wrapped is refused.
path "transit/decrypt/ws-*" {
  capabilities       = ["update"]
  allowed_parameters = {
    "ciphertext" = []
  }
  min_wrapping_ttl   = "10s"
  max_wrapping_ttl   = "60s"
}
# Its own certificate and nobody else's.
path "pki/sign/workspace" {
  capabilities       = ["update"]
  allowed_parameters = {
    "csr"         = []
    "common_name" = ["workspace.cofferdam.internal"]
    "ttl"         = []
  }
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
