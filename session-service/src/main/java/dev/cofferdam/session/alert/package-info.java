// SPDX-License-Identifier: Apache-2.0
/**
 * What somebody should look at: rules over the entries of the audit ledger, a list for owners and
 * auditors, a webhook, and numbers for whoever watches the machine.
 */
@NullMarked
package dev.cofferdam.session.alert;

import org.jspecify.annotations.NullMarked;
