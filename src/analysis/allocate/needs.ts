/** What the rules need the store to keep, and a text that changes exactly when decisions may change. */
import { type FocusColumn, RESOURCE_COLUMNS, type Settings } from '../../core/settings.ts';
import type { UsageMetric } from '../../core/usage.ts';

/** True when a rule matches on ResourceId, ResourceName or ResourceType. */
export function rulesNeedResources(settings: Settings): boolean {
  return RESOURCE_COLUMNS.some((column) => rulesNeedColumn(settings, column));
}

export function rulesNeedColumn(settings: Settings, column: FocusColumn): boolean {
  return settings.rules.some((rule) => rule.match.some(({ on }) => 'column' in on && on.column === column));
}

/** Metrics by which cost is shared: when their usage of a day changes, that day has to be allocated again. */
export function splitMetrics(settings: Settings): UsageMetric[] {
  return [...new Set(settings.splits.flatMap(({ by }) => (by.kind === 'usage' ? [by.metric] : [])))];
}

/** Everything that decisions and splits depend on, as text: equal texts allocate alike. */
export function allocationFingerprint(settings: Settings): string {
  const { dimensions, rules, splits } = settings;
  const teams = settings.teams.map(({ name, title, costCenter }) => ({ name, title, costCenter }));
  const models = settings.models.map(({ name, title, team, aliases }) => ({ name, title, team, aliases }));
  return JSON.stringify({ version: 2, dimensions, rules, splits, teams, models });
}
