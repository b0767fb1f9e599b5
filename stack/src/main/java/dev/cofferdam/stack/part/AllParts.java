// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.stack.part;

import dev.cofferdam.partidentity.PartName;
import dev.cofferdam.stack.door.PublicDoor;
import dev.cofferdam.stack.place.PartUser;
import dev.cofferdam.stack.place.Ports;
import dev.cofferdam.stack.place.Rooms;
import dev.cofferdam.stack.process.StartFailure;
import dev.cofferdam.stack.vault.SealMark;
import dev.cofferdam.stack.vault.UnsealKeySource;
import dev.cofferdam.stack.vault.VaultKeeper;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which parts there are and what each is told of the others. */
public final class AllParts {
  private static final String AUTH = "auth-service";
  private static final String SESSION = "session-service";
  private static final String WORKSPACE = "workspace-service";
  private static final String GATEWAY = "terminal-gateway";
  private static final int SERVERS_PORTS = 5;
  private static final String CERTIFICATE_LIFE = "coffer.identity.life";
  private static final Duration LONGEST_CERTIFICATE = Duration.ofDays(1);
  private static final Duration SHORTEST_CERTIFICATE = Duration.ofSeconds(10);
  private static final Duration LONGEST_REFRESH = Duration.ofMinutes(1);
  private static final int LOOKS_IN_A_LIFE = 40;

  private final Rooms rooms;
  private final Settings settings;
  private final Credentials credentials = new Credentials();
  private final PublicDoor door;
  private final int replicas;
  private final ServicePorts ports;
  private final Map<Replica, Integer> managementPorts;
  private final Postgres postgres;
  private final Kafka kafka;
  private final Vault vault;
  private final Identities identities;
  private final SandboxHost sandboxHost;

  /**
   * @param replicas of each service, 1 or more
   */
  public AllParts(
      Rooms rooms,
      Settings settings,
      PublicDoor door,
      boolean acceptSwap,
      UnsealKeySource unsealKey,
      SealMark sealMark,
      int replicas)
      throws IOException {
    this.rooms = rooms;
    this.settings = settings;
    this.door = door;
    this.replicas = replicas;
    List<String> inner = List.of(AUTH, WORKSPACE, SESSION);
    // All at once: what is free one after the other may be the same.
    List<Integer> free = Ports.free(SERVERS_PORTS + ServicePorts.needed(inner, replicas));
    ports =
        new ServicePorts(
            inner, GATEWAY, door.port(), replicas, free.subList(SERVERS_PORTS, free.size()));
    managementPorts =
        ManagementPort.ofAll(
            Stream.of(AUTH, WORKSPACE, SESSION, GATEWAY)
                .flatMap(service -> Replica.of(service, replicas).stream())
                .toList(),
            settings::of,
            ports::managementOf);
    vault = new Vault(rooms, free.get(3), free.get(4), unsealKey, sealMark);
    identities = new Identities(vault.keeper(), certificateLife(settings));
    postgres = new Postgres(rooms, identities, free.get(0), replicas);
    kafka = new Kafka(rooms, identities, free.get(1), free.get(2));
    sandboxHost = new SandboxHost(rooms, vault, acceptSwap, settings.of("sandbox-host"));
  }

  private static Duration certificateLife(Settings settings) {
    try {
      Duration life =
          settings.ofStack(CERTIFICATE_LIFE).map(Duration::parse).orElse(LONGEST_CERTIFICATE);
      if (life.compareTo(LONGEST_CERTIFICATE) <= 0 && life.compareTo(SHORTEST_CERTIFICATE) >= 0) {
        return life;
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw new StartFailure(CERTIFICATE_LIFE + " must be between PT10S and PT24H");
  }

  /** How often what lives shorter than a part is looked at. */
  public Duration refreshEvery() {
    Duration share = identities.life().dividedBy(LOOKS_IN_A_LIFE);
    return share.compareTo(LONGEST_REFRESH) > 0 ? LONGEST_REFRESH : share;
  }

  /** How long each is waited for. */
  public Patience patience() {
    return rooms.recordsStarts() ? Patience.OF_RECORDING : Patience.USUAL;
  }

  /** In the order in which they are listed and, reversed, stopped. */
  public List<Part> list() {
    List<Part> all = new ArrayList<>(List.of(vault, postgres, kafka));
    Replica.of(AUTH, replicas).forEach(replica -> all.add(auth(replica)));
    Replica.of(WORKSPACE, replicas).forEach(replica -> all.add(workspace(replica)));
    Replica.of(SESSION, replicas).forEach(replica -> all.add(session(replica)));
    all.add(sandboxHost);
    Replica.of(GATEWAY, replicas).forEach(replica -> all.add(gateway(replica)));
    return List.copyOf(all);
  }

  /** Whether what the audit ledger says can be proved, once all is up. */
  public boolean signsAudit() {
    return vault.signsHeads();
  }

  /** Where people go. */
  public String address() {
    return door.origin().toString();
  }

  /** How we prove to auth-service that we are the stack. */
  public SignInLinks links() {
    return new SignInLinks(
        ports.of(AUTH),
        () -> identities.of(PartName.STACK),
        () -> credentials.between("stack", AUTH),
        address());
  }

  /** What opens Vault, and closes it. */
  public VaultKeeper vaultKeeper() {
    return vault.keeper();
  }

  /** The name of the part that holds all keys. */
  public String vault() {
    return vault.name();
  }

  /** How everything is stopped, for whoever may use this program. */
  public EmergencyStop emergencyStop() {
    return new EmergencyStop(
        calls(), sessions(), new PartCalls.Service(AUTH, PartName.AUTH, ports.of(AUTH)));
  }

  /** How the server is said to be maintained, for the same. */
  public Maintenance maintenance() {
    return new Maintenance(calls(), sessions());
  }

  private PartCalls calls() {
    return new PartCalls(
        () -> identities.of(PartName.STACK), part -> credentials.between("stack", part));
  }

  private PartCalls.Service sessions() {
    return new PartCalls.Service(SESSION, PartName.SESSION, ports.of(SESSION));
  }

  private Part auth(Replica replica) {
    Map<String, String> plain = Map.of("coffer.public.origin", address());
    List<String> callers = List.of("gateway", "stack", "session", "workspace");
    return service(replica, PartUser.AUTH, "auth", plain, callers, List.of());
  }

  private Part workspace(Replica replica) {
    Map<String, String> plain = Map.of("coffer.auth.url", ports.urls(AUTH));
    return service(
        replica,
        PartUser.WORKSPACE,
        "workspace",
        plain,
        List.of("session", "gateway"),
        List.of("auth"));
  }

  private Part session(Replica replica) {
    Map<String, String> plain =
        Map.of(
            "coffer.auth.url",
            ports.urls(AUTH),
            "coffer.workspace.url",
            ports.urls(WORKSPACE),
            "coffer.audit.heads",
            rooms.kept("audit").resolve("heads.jsonl").toString());
    return service(
        replica,
        PartUser.SESSION,
        "session",
        plain,
        List.of("gateway", "stack"),
        List.of("auth", "workspace"));
  }

  private Service service(
      Replica replica,
      PartUser user,
      String role,
      Map<String, String> more,
      List<String> callers,
      List<String> called) {
    String name = replica.service();
    Map<String, String> plain = new LinkedHashMap<>(more);
    plain.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
    plain.put("coffer.kafka.bootstrap", kafka.bootstrap());
    plain.putAll(identitySettings());
    plain.put("quarkus.vault.url", vault.url());
    plain.put("quarkus.vault.authentication.app-role.role-id", role);
    Supplier<Map<String, String>> secrets =
        () -> {
          Map<String, String> handed = credentials(name, role, callers, called);
          if (name.equals(AUTH)) {
            handed.putAll(SignInProviders.handed(settings.providers()));
          }
          if (name.equals(SESSION)) {
            handed.putAll(AlertsFile.handed(settings.alerts()));
          }
          handed.putAll(identity(role));
          handed.put(
              "quarkus.vault.authentication.app-role.secret-id-wrapping-token",
              vault.keeper().wrappedSecretId(role));
          return handed;
        };
    return new Service(
        replica,
        user,
        replica.behind(List.of("postgres", "kafka", "vault")),
        ports.of(replica),
        managementPort(replica),
        96,
        name.equals(WORKSPACE) ? Service.Compilation.ONCE_BUSY : Service.Compilation.QUICK,
        plain,
        settings.of(name),
        secrets,
        rooms);
  }

  private Part gateway(Replica replica) {
    Map<String, String> plain = new LinkedHashMap<>();
    plain.put("coffer.auth.url", ports.urls(AUTH));
    plain.put("coffer.session.url", ports.urls(SESSION));
    plain.put("coffer.workspace.url", ports.urls(WORKSPACE));
    plain.put("coffer.kafka.bootstrap", kafka.bootstrap());
    plain.putAll(identitySettings());
    plain.putAll(door.settings());
    plain.put("coffer.sandbox-host.socket", sandboxHost.socket().toString());
    Service service =
        new Service(
            replica,
            PartUser.GATEWAY,
            replica.behind(behindGateways()),
            ports.of(replica),
            managementPort(replica),
            160,
            Service.Compilation.FULL,
            plain,
            settings.of(GATEWAY),
            () -> {
              Map<String, String> handed =
                  credentials(
                      GATEWAY, "gateway", List.of(), List.of("auth", "session", "workspace"));
              handed.putAll(identity("gateway"));
              // The same for all gateways of this start: what one issues the others take.
              handed.put("coffer.socket-tickets.key", credentials.between("gateway", GATEWAY));
              return handed;
            },
            rooms);
    return new Gateway(service, door);
  }

  private int managementPort(Replica replica) {
    return managementPorts.getOrDefault(replica, 0);
  }

  private List<String> behindGateways() {
    List<String> names = new ArrayList<>(List.of("sandbox-host"));
    for (String service : List.of(AUTH, SESSION, WORKSPACE)) {
      names.addAll(Replica.names(service, replicas));
    }
    return List.copyOf(names);
  }

  private Map<String, String> identitySettings() {
    return Map.of("coffer.identity.vault", vault.url(), CERTIFICATE_LIFE, identities.life() + "");
  }

  /** With what a service gets its certificate, and what it holds others' against. */
  private Map<String, String> identity(String role) {
    return Map.of(
        "coffer.identity.authority",
        identities.authority(),
        "coffer.identity.secret-id-wrapping-token",
        vault.keeper().wrappedSecretId(role));
  }

  /** {@code callers} may call this part, and it may call {@code called}. */
  private Map<String, String> credentials(
      String name, String role, List<String> callers, List<String> called) {
    Map<String, String> handed = new HashMap<>();
    for (String caller : callers) {
      handed.put("coffer.caller." + caller + ".secret", credentials.between(caller, name));
    }
    for (String other : called) {
      handed.put("coffer.call." + other + ".secret", credentials.between(role, other + "-service"));
    }
    return handed;
  }
}
