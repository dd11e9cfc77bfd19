/** Whether an allocation rule applies to a charge. */
import type { AllocationRule, RuleCondition } from '../../core/settings.ts';
import { foldKey } from './fold.ts';
import { matchesGlob } from './glob.ts';
import type { ChargeShape } from './types.ts';

/** Tags by folded key; where two spellings of one key exist, the first in the bill's order counts. */
export type FoldedTags = ReadonlyMap<string, { readonly key: string; readonly value: string }>;

export function foldTags(tags: Readonly<Record<string, string>>): FoldedTags {
  const folded = new Map<string, { key: string; value: string }>();
  for (const [key, value] of Object.entries(tags)) {
    const fold = foldKey(key);
    if (value.trim() !== '' && !folded.has(fold)) folded.set(fold, { key, value });
  }
  return folded;
}

/** True when every condition of the rule holds for the charge. */
export function ruleApplies(rule: AllocationRule, charge: ChargeShape, tags: FoldedTags): boolean {
  return rule.match.every((condition) => conditionHolds(condition, charge, tags));
}

function conditionHolds({ on, patterns }: RuleCondition, charge: ChargeShape, tags: FoldedTags): boolean {
  const value = 'tag' in on ? tags.get(foldKey(on.tag))?.value.trim() : charge.columns[on.column];
  if (value === undefined || value === null) return false;
  return patterns.some((pattern) => matchesGlob(pattern, value));
}
