// SPDX-License-Identifier: Apache-2.0
export { ActivityPage } from '../activity/ActivityPage';
export { AuditPage } from '../audit/AuditPage';
export { PeoplePage } from '../people/PeoplePage';
export { PersonPage } from '../people/PersonPage';
export { SettingsPage } from '../settings/SettingsPage';
