/** Decides a charge's dimensions: rules in order, then tags, then what a model and a team imply. */
import { type Allocation, DIMENSIONS, type Dimension } from '../../core/dimension.ts';
import type { Settings } from '../../core/settings.ts';
import { foldKey } from './fold.ts';
import { createCanonicalise } from './names.ts';
import { type FoldedTags, foldTags, ruleApplies } from './rules.ts';
import type { ChargeShape, Decision, Reason, ReasonSource } from './types.ts';

export type Allocate = (charge: ChargeShape) => Decision;

/**
 * Makes the decision function for a set of rules. For each dimension the first of these that knows it
 * decides: (1) the first rule, in the order written, that matches and sets it; (2) the first of the
 * dimension's tag keys that the charge carries; (3) for `team`, the configured team of the model;
 * (4) for `costCenter`, the configured cost centre of the team. What nothing decides stays unset.
 *
 * Example: with rule {match: ServiceName = "OpenAI API", set: team = assistant}, a charge of that service
 * tagged model=gpt gets { team: "assistant", model: "gpt" }, reasons naming the rule and the tag.
 */
export function createAllocate(settings: Settings): Allocate {
  const canonicalise = createCanonicalise(settings);
  const tagKeys = new Map(settings.dimensions.map((d) => [d.dimension, d.tags.map(foldKey)]));
  const teamOfModel = new Map(settings.models.map((model) => [model.name, model.team]));
  const costCenterOfTeam = new Map(settings.teams.map((team) => [team.name, team.costCenter]));

  return (charge) => {
    const found = new Map<Dimension, Reason>();
    const set = (dimension: Dimension, raw: string, by: ReasonSource) => {
      if (!found.has(dimension)) found.set(dimension, { dimension, value: canonicalise(dimension, raw), by });
    };
    const tags = foldTags(charge.tags);
    for (const rule of settings.rules) {
      if (!ruleApplies(rule, charge, tags)) continue;
      for (const dimension of DIMENSIONS) {
        const value = rule.set[dimension];
        if (value !== undefined) set(dimension, value, { kind: 'rule', rule: rule.name });
      }
    }
    for (const dimension of DIMENSIONS) {
      const tag = firstTag(tags, tagKeys.get(dimension) ?? []);
      if (tag) set(dimension, tag.value, { kind: 'tag', ...tag });
    }
    const model = found.get('model')?.value;
    const team = model === undefined ? undefined : teamOfModel.get(model);
    if (model !== undefined && team) set('team', team, { kind: 'model', model });
    const owner = found.get('team')?.value;
    const costCenter = owner === undefined ? undefined : costCenterOfTeam.get(owner);
    if (owner !== undefined && costCenter) set('costCenter', costCenter, { kind: 'team', team: owner });

    const reasons = [...found.values()].sort(
      (a, b) => DIMENSIONS.indexOf(a.dimension) - DIMENSIONS.indexOf(b.dimension),
    );
    const allocation: Allocation = Object.fromEntries(
      reasons.map((reason) => [reason.dimension, reason.value]),
    );
    return { allocation, reasons };
  };
}

function firstTag(tags: FoldedTags, keys: readonly string[]): { key: string; value: string } | undefined {
  for (const key of keys) {
    const tag = tags.get(key);
    if (tag) return tag;
  }
  return undefined;
}
