/** The checked document → Settings: defaults filled in, names as the file spells them, frozen. */
import { DIMENSIONS } from '../core/dimension.ts';
import type { AllocationRule, DimensionTags, Settings, SplitSettings } from '../core/settings.ts';
import { toActions, toIntegrations } from './actions.ts';
import { toAnomalies, toSlo } from './analysis.ts';
import { toBudget } from './budgets.ts';
import { fold } from './closest.ts';
import { DEFAULT_DIMENSIONS } from './default-dimensions.ts';
import { partOf } from './draft.ts';
import { type Known, knownNames } from './known.ts';
import { conditionKey } from './rules.ts';
import type { PennywatchYaml } from './schema.ts';
import { toSource } from './sources.ts';

/** Expects a document in which no check found anything. */
export function buildSettings(yaml: PennywatchYaml): Settings {
  const known = knownNames(partOf(yaml));
  return freeze({
    organisation: yaml.organisation,
    timeZone: yaml.timeZone,
    weekStart: yaml.weekStart,
    currency: yaml.currency,
    fx: yaml.fx,
    dimensions: DIMENSIONS.map(
      (dimension): DimensionTags => ({
        dimension,
        ...DEFAULT_DIMENSIONS[dimension],
        ...given(yaml.dimensions[dimension]),
      }),
    ),
    teams: yaml.teams.map((team) =>
      given({
        ...team,
        title: team.title ?? team.name,
        members: team.members.map(given),
        channel: given(team.channel),
      }),
    ),
    models: yaml.models.map((model) =>
      given({
        ...model,
        title: model.title ?? model.name,
        team: model.team && (known.teams.get(fold(model.team)) ?? model.team),
        owner: model.owner && (model.owner.startsWith('@') ? model.owner : model.owner.toLowerCase()),
        aliases: [...new Set(model.aliases ?? [])].filter((alias) => fold(alias) !== fold(model.name)),
      }),
    ),
    budgets: yaml.budgets.map((budget) => toBudget(budget, known, yaml.currency)),
    rules: yaml.allocation.rules.map((rule) => toRule(rule, known)),
    splits: yaml.allocation.splits.map((split) => toSplit(split, known)),
    reports: yaml.reports,
    admins: yaml.admins,
    storage: yaml.storage,
    sources: yaml.sources.map(toSource),
    prices: yaml.prices.map(given),
    anomalies: toAnomalies(yaml.anomalies, known),
    budgetAlerts: yaml.budgetAlerts,
    slos: yaml.slos.map((slo) => toSlo(slo, known, yaml.currency)),
    actions: toActions(yaml.actions, known),
    roles: yaml.roles,
    integrations: toIntegrations(yaml.integrations),
  });
}

function toSplit(split: PennywatchYaml['allocation']['splits'][number], known: Known): SplitSettings {
  const dimension = split.among.team ? 'team' : 'model';
  const spelled = dimension === 'team' ? known.teams : known.models;
  const spell = (name: string) => spelled.get(fold(name)) ?? name;
  return {
    name: split.name,
    from: given(split.from),
    among: { dimension, names: [...new Set((split.among[dimension] ?? []).map(spell))] },
    by: splitBy(split, spell),
  };
}

function splitBy(
  { by, shares, metric }: PennywatchYaml['allocation']['splits'][number],
  spell: (name: string) => string,
): SplitSettings['by'] {
  if (by === 'shares')
    return {
      kind: by,
      shares: Object.fromEntries(Object.entries(shares ?? {}).map(([name, weight]) => [spell(name), weight])),
    };
  if (by === 'usage') return { kind: by, metric: metric ?? 'requests' };
  return { kind: by };
}

function toRule(
  { name, match, set }: PennywatchYaml['allocation']['rules'][number],
  known: Known,
): AllocationRule {
  return {
    name,
    match: Object.entries(match).flatMap(([key, patterns]) => {
      const on = conditionKey(key);
      return on ? [{ on, patterns }] : [];
    }),
    set: given({
      ...set,
      team: set.team && (known.teams.get(fold(set.team)) ?? set.team),
      model: set.model && (known.models.get(fold(set.model)) ?? set.model),
    }),
  };
}

/** The same object without the keys that nobody wrote. */
function given<T extends object>(value: T | undefined): T {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, item]) => item !== undefined)) as T;
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const item of Object.values(value)) freeze(item);
  return Object.freeze(value);
}
