// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandbox.protocol;

/** What a sandbox-host sends: answers to requests, and events to those who watch. */
public sealed interface HostMessage permits HostAnswer, HostEvent {}
