/** How many people must approve, and why. */
import type { ActionSettings, ApprovalReason, Risk } from '../../core/action.ts';

/** One resource as far as it decides. Amounts are micros of the reporting currency a day. */
export interface ItemRisk {
  /** Undefined: unknown. */
  readonly costMicros?: bigint;
  readonly environment?: string;
  readonly risk: Risk;
  readonly reversible: boolean;
}

export interface ApprovalsNeeded {
  readonly needed: 0 | 1 | 2;
  /** Everything that asks for so many. */
  readonly reasons: readonly ApprovalReason[];
}

/**
 * Two where the two-person rule speaks: by cost a day, environment or risk; what is not known counts as beyond the
 * limit. Else one; in live mode none for what is cheap, can be undone, of no high risk and known not to be in prod.
 */
export function approvalsNeeded(
  items: readonly ItemRisk[],
  settings: ActionSettings,
  /** A schedule of pennywatch.yaml asks, which is the admin's word: below the two-person rule live mode needs no other. */
  { standing = false }: { readonly standing?: boolean } = {},
): ApprovalsNeeded {
  if (standing && settings.mode === 'dry-run') return { needed: 0, reasons: [] };
  const two = twoPersonReasons(items, settings);
  if (two.length > 0) return { needed: 2, reasons: two };
  if (standing && settings.mode === 'live') return { needed: 0, reasons: [] };
  if (settings.mode !== 'live') return { needed: 1, reasons: [{ kind: 'mode', mode: settings.mode }] };
  const one = careReasons(items, settings);
  return { needed: one.length > 0 ? 1 : 0, reasons: one };
}

function twoPersonReasons(items: readonly ItemRisk[], { twoPersons }: ActionSettings): ApprovalReason[] {
  const { aboveMicros, environments, risks } = twoPersons;
  const reasons: ApprovalReason[] = [];
  const total = totalOf(items);
  if (total >= aboveMicros) reasons.push({ kind: 'amount', micros: total, limitMicros: aboveMicros });
  for (const name of new Set(items.flatMap(({ environment }) => environment ?? [])))
    if (environments.includes(name)) reasons.push({ kind: 'environment', name });
  for (const risk of new Set(items.map((item) => item.risk)))
    if (risks.includes(risk)) reasons.push({ kind: 'risk', risk });
  if (items.some(({ costMicros }) => costMicros === undefined)) reasons.push({ kind: 'unknown-cost' });
  if (environments.length > 0 && items.some(({ environment }) => environment === undefined))
    reasons.push({ kind: 'unknown-environment' });
  return reasons;
}

function careReasons(items: readonly ItemRisk[], { limits }: ActionSettings): ApprovalReason[] {
  const reasons: ApprovalReason[] = [];
  const total = totalOf(items);
  if (total >= limits.liveBelowMicros)
    reasons.push({ kind: 'amount', micros: total, limitMicros: limits.liveBelowMicros });
  if (items.some(({ environment }) => environment === 'prod'))
    reasons.push({ kind: 'environment', name: 'prod' });
  if (items.some(({ environment }) => environment === undefined))
    reasons.push({ kind: 'unknown-environment' });
  if (items.some(({ reversible }) => !reversible)) reasons.push({ kind: 'irreversible' });
  if (items.some(({ risk }) => risk === 'high')) reasons.push({ kind: 'risk', risk: 'high' });
  return reasons;
}

function totalOf(items: readonly ItemRisk[]): bigint {
  return items.reduce((sum, { costMicros = 0n }) => sum + costMicros, 0n);
}
