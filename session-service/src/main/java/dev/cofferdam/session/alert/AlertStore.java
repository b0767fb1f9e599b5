// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.session.alert;

import dev.cofferdam.ledger.Fact.Who;
import dev.cofferdam.session.alert.Alert.Closed;
import dev.cofferdam.session.alert.Alert.Delivery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Alerts in the database. Call inside a transaction. */
@ApplicationScoped
class AlertStore {
  private static final String COUNT_AGAIN =
      "update alert set count = count + :times, last_at = greatest(last_at, :at), entry = :entry,"
          + " actor = :actor, credential = :credential, address = :address,"
          + " workspace = :workspace, subject = :subject, detail = :detail"
          + " where rule = :rule and about = :about and closed_at is null";
  private static final String TELL_AGAIN =
      "update alert set told_at = :now where rule = :rule and about = :about"
          + " and closed_at is null and told_at <= :before returning id";
  private static final String INSERT =
      "insert into alert (id, rule, about, count, first_at, last_at, entry, actor, credential,"
          + " address, workspace, subject, detail, told_at) values (:id, :rule, :about, :times,"
          + " :at, :at, :entry, :actor, :credential, :address, :workspace, :subject, :detail,"
          + " :now)"
          + " on conflict (rule, about) where closed_at is null do nothing";
  private static final String SELECT =
      "select a.id, a.number, a.rule, a.about, a.count, a.first_at, a.last_at, a.entry, a.actor,"
          + " a.credential, a.address, a.workspace, a.subject, a.detail, a.closed_at, a.closed_by,"
          + " d.alert_id is not null, d.due_at is not null, d.delivered_at is not null"
          + " from alert a left join alert_delivery d on d.alert_id = a.id";
  private static final String CLOSE =
      "update alert set closed_at = :at, closed_by = :by where id = :id and closed_at is null";
  private static final String FORGET = "delete from alert where closed_at < :before";

  private final EntityManager database;

  AlertStore(EntityManager database) {
    this.database = database;
  }

  /** Whether it was open already, and is counted there. */
  boolean countAgain(Finding found) {
    return fill(database.createNativeQuery(COUNT_AGAIN), found).executeUpdate() == 1;
  }

  /** Whether it is new; else another replica was quicker. */
  boolean add(UUID id, Finding found, Instant now) {
    return fill(database.createNativeQuery(INSERT), found)
            .setParameter("id", id)
            .setParameter("now", now)
            .executeUpdate()
        == 1;
  }

  /** The open one that this is about, if it was last told of at that time or before; told now. */
  Optional<UUID> tellAgain(Finding found, Instant now, Instant before) {
    List<?> told =
        database
            .createNativeQuery(TELL_AGAIN)
            .setParameter("rule", found.rule().word())
            .setParameter("about", found.about())
            .setParameter("now", now)
            .setParameter("before", before)
            .getResultList();
    return told.stream().map(UUID.class::cast).findFirst();
  }

  /** How many are open of this rule that are about such a thing, see {@link Finding#family}. */
  long open(Rule rule, String family) {
    Object count =
        database
            .createNativeQuery(
                "select count(*) from alert where rule = :rule and closed_at is null"
                    + " and starts_with(about, :family)")
            .setParameter("rule", rule.word())
            .setParameter("family", family)
            .getSingleResult();
    return ((Number) count).longValue();
  }

  private static Query fill(Query query, Finding found) {
    return query
        .setParameter("rule", found.rule().word())
        .setParameter("about", found.about())
        .setParameter("times", found.times())
        .setParameter("at", found.at())
        .setParameter("entry", found.entry().isPresent() ? found.entry().getAsLong() : null)
        .setParameter("actor", found.who().actor())
        .setParameter("credential", found.who().credential())
        .setParameter("address", found.who().address())
        .setParameter("workspace", found.workspace())
        .setParameter("subject", found.subject())
        .setParameter("detail", found.detail());
  }

  /** By rule; rules of which none is open are left out. */
  Map<Rule, Long> open() {
    Map<Rule, Long> open = new TreeMap<>();
    for (Object found :
        database
            .createNativeQuery(
                "select rule, count(*) from alert where closed_at is null group by rule")
            .getResultList()) {
      Object[] row = (Object[]) found;
      Rule.of((String) row[0]).ifPresent(rule -> open.put(rule, ((Number) row[1]).longValue()));
    }
    return open;
  }

  /** How many entries of the ledger were looked at, by whichever replica. */
  long entriesSeen() {
    List<?> rows = database.createNativeQuery("select next_entry from alert_watch").getResultList();
    return rows.isEmpty() ? 0 : ((Number) rows.getFirst()).longValue();
  }

  Optional<Alert> find(UUID id) {
    return list(database.createNativeQuery(SELECT + " where a.id = :id").setParameter("id", id))
        .stream()
        .findFirst();
  }

  /**
   * The newest first.
   *
   * @param open whether those that are not closed, or the others
   * @param before only with a smaller number
   */
  List<Alert> list(boolean open, long before, int most) {
    return list(
        database
            .createNativeQuery(
                SELECT
                    + " where (a.closed_at is null) = :open and a.number < :before"
                    + " order by a.number desc limit :most")
            .setParameter("open", open)
            .setParameter("before", before)
            .setParameter("most", most));
  }

  private static List<Alert> list(Query query) {
    return ((List<?>) query.getResultList())
        .stream().flatMap(row -> alert((Object[]) row).stream()).toList();
  }

  /** Whether that was to be done. */
  boolean close(UUID id, Instant at, UUID by) {
    return database
            .createNativeQuery(CLOSE)
            .setParameter("id", id)
            .setParameter("at", at)
            .setParameter("by", by)
            .executeUpdate()
        == 1;
  }

  /** Those closed before then. */
  void forget(Instant before) {
    database.createNativeQuery(FORGET).setParameter("before", before).executeUpdate();
  }

  /** Empty for a rule that only a later version knows. */
  private static Optional<Alert> alert(Object[] row) {
    return Rule.of((String) row[2])
        .map(
            rule ->
                new Alert(
                    (UUID) row[0],
                    ((Number) row[1]).longValue(),
                    rule,
                    (String) row[3],
                    ((Number) row[4]).longValue(),
                    (Instant) row[5],
                    (Instant) row[6],
                    row[7] == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(((Number) row[7]).longValue()),
                    new Who((String) row[8], (String) row[9], (String) row[10]),
                    (String) row[11],
                    (String) row[12],
                    (String) row[13],
                    closed(row[14], row[15]),
                    delivery((Boolean) row[16], (Boolean) row[17], (Boolean) row[18])));
  }

  private static Optional<Closed> closed(@Nullable Object at, @Nullable Object by) {
    return at == null || by == null
        ? Optional.empty()
        : Optional.of(new Closed((Instant) at, (UUID) by));
  }

  private static Delivery delivery(boolean any, boolean due, boolean done) {
    if (!any) {
      return Delivery.NONE;
    }
    if (done) {
      return Delivery.DELIVERED;
    }
    return due ? Delivery.WAITING : Delivery.GIVEN_UP;
  }
}
