// SPDX-License-Identifier: Apache-2.0
/** Random commands against the real service, and a small model that says what has to come of it. */
package dev.cofferdam.session.model;
