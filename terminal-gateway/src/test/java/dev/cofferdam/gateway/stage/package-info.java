// SPDX-License-Identifier: Apache-2.0
/** What is around a gateway, standing in for it: other services, sandbox-host, agents, browsers. */
package dev.cofferdam.gateway.stage;
