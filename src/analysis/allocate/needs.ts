/** What the rules need the store to keep, and a text that changes exactly when decisions may change. */
import { type FocusColumn, RESOURCE_COLUMNS, type Settings } from '../../core/settings.ts';

/** True when a rule matches on ResourceId, ResourceName or ResourceType. */
export function rulesNeedResources(settings: Settings): boolean {
  return RESOURCE_COLUMNS.some((column) => rulesNeedColumn(settings, column));
}

export function rulesNeedColumn(settings: Settings, column: FocusColumn): boolean {
  return settings.rules.some((rule) => rule.match.some(({ on }) => 'column' in on && on.column === column));
}

/** Everything that decisions depend on, as text: equal texts allocate alike. */
export function allocationFingerprint(settings: Settings): string {
  const { dimensions, rules } = settings;
  const teams = settings.teams.map(({ name, title, costCenter }) => ({ name, title, costCenter }));
  const models = settings.models.map(({ name, title, team, aliases }) => ({ name, title, team, aliases }));
  return JSON.stringify({ version: 1, dimensions, rules, teams, models });
}
