// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.history;

import dev.cofferdam.events.SecurityEvent;
import dev.cofferdam.identity.UserId;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Notices of new devices and keys; the newest {@value #MOST} of an account are kept. */
@ApplicationScoped
class Notices {
  static final int MOST = 50;

  void newDevice(SecurityEvent.SignedIn e, String userAgent) {
    Notice notice = notice(e.user(), "new-device", e.method(), e.credential());
    notice.at = e.at();
    notice.address = e.address();
    notice.userAgent = userAgent;
    keep(notice);
  }

  void newKey(SecurityEvent.CredentialChanged e) {
    keep(ofKey(e, e.user(), "new-key"));
  }

  /** For whose key it was no longer, and for who had said that it was theirs. */
  void displacedKey(SecurityEvent.CredentialChanged e, Optional<UserId> addedBy) {
    keep(ofKey(e, e.user(), "key-displaced"));
    addedBy
        .filter(admin -> !admin.equals(e.user()))
        .ifPresent(admin -> keep(ofKey(e, admin, "vouched-key-displaced")));
  }

  private static Notice ofKey(SecurityEvent.CredentialChanged e, UserId whom, String kind) {
    Notice notice = notice(whom, kind, e.kind(), e.credential());
    notice.at = e.at();
    notice.address = "";
    notice.userAgent = "";
    return notice;
  }

  private static Notice notice(UserId user, String kind, String method, String credential) {
    Notice notice = new Notice();
    notice.id = UUID.randomUUID();
    notice.accountId = user.value();
    notice.kind = kind;
    notice.method = method;
    notice.credential = credential;
    return notice;
  }

  private static void keep(Notice notice) {
    notice.persist();
    List<Notice> all = Notice.list("accountId", Sort.descending("at"), notice.accountId);
    all.stream().skip(MOST).forEach(Notice::delete);
  }

  @Transactional
  List<Notice> of(UserId user) {
    return Notice.list("accountId", Sort.descending("at"), user.value());
  }

  @Transactional
  Optional<Notice> find(UUID id) {
    return Notice.findByIdOptional(id);
  }

  @Transactional
  void dismiss(Notice notice) {
    Notice.delete("id", notice.id);
  }
}
