/** Which tokens of which language models a cost bought: the kinds that its change is split by. */
import { foldKey } from '../allocate/fold.ts';
import type { MixPart } from './price-volume-mix.ts';
import type { TokenKind, TokenSku } from './sku.ts';

export interface TokenCost extends TokenSku {
  /** Micros a day. */
  readonly costBefore: bigint;
  readonly costDuring: bigint;
}

export interface TokenQuantity {
  readonly before: bigint;
  readonly during: bigint;
}

/** Under what `metered` has the tokens of a model: by its folded name. */
export function tokenKey(foldedModel: string, kind: TokenKind): string {
  return `${kind} ${foldedModel}`;
}

/** A model with this share of a kind's cost has all of its tokens. */
const ALONE = 0.97;

/**
 * Puts the cost of each kind of tokens (input, cached, output) beside the tokens of the kind. Where one language model had
 * all of a kind before and another has all of it now, they are two: the one before stopped, the other began. Where several
 * had a part on one side, nobody counted whose the tokens were, and the kind stays one: a change of its price may be
 * another mix of these models (`blended`). `metered` has the tokens of each model where a vendor counts them: then every
 * model is a kind of its own. Undefined when tokens of a kind that costs something are not counted.
 */
export function tokenMix(
  costs: readonly TokenCost[],
  quantities: ReadonlyMap<TokenKind, TokenQuantity>,
  metered: ReadonlyMap<string, TokenQuantity> = new Map(),
): { readonly parts: readonly MixPart[]; readonly blended: readonly string[] } | undefined {
  const parts: MixPart[] = [];
  const blended = new Set<string>();
  for (const kind of new Set(costs.map((cost) => cost.kind))) {
    const own = costs.filter((cost) => cost.kind === kind);
    const apart = meteredParts(own, metered);
    if (apart) {
      parts.push(...apart);
      continue;
    }
    const quantity = quantities.get(kind);
    if (!quantity) return undefined;
    const costBefore = sum(own.map((cost) => cost.costBefore));
    const costDuring = sum(own.map((cost) => cost.costDuring));
    const before = aloneIn(own, (cost) => cost.costBefore, costBefore);
    const during = aloneIn(own, (cost) => cost.costDuring, costDuring);
    const none = { quantityBefore: 0n, quantityDuring: 0n, costBefore: 0n, costDuring: 0n };
    if (before !== undefined && during !== undefined && before !== during) {
      parts.push({ ...none, key: `${before} ${kind}`, quantityBefore: quantity.before, costBefore });
      parts.push({ ...none, key: `${during} ${kind}`, quantityDuring: quantity.during, costDuring });
      continue;
    }
    if (before === undefined || during === undefined)
      for (const { model } of own) if (model !== '') blended.add(model);
    parts.push({
      key: kind,
      quantityBefore: quantity.before,
      quantityDuring: quantity.during,
      costBefore,
      costDuring,
    });
  }
  return { parts, blended: blended.size > 1 ? [...blended].sort() : [] };
}

/** Undefined unless the tokens of every model are known. */
function meteredParts(
  costs: readonly TokenCost[],
  metered: ReadonlyMap<string, TokenQuantity>,
): MixPart[] | undefined {
  const parts = costs.flatMap(({ model, kind, costBefore, costDuring }): MixPart[] => {
    const quantity = metered.get(tokenKey(foldKey(model), kind));
    if (!quantity) return [];
    const quantities = { quantityBefore: quantity.before, quantityDuring: quantity.during };
    return [{ key: `${model} ${kind}`, ...quantities, costBefore, costDuring }];
  });
  return parts.length === costs.length && new Set(parts.map(({ key }) => key)).size === parts.length
    ? parts
    : undefined;
}

/** The model that (almost) all of a side is; undefined when there are several. */
function aloneIn(
  costs: readonly TokenCost[],
  amount: (cost: TokenCost) => bigint,
  total: bigint,
): string | undefined {
  const byModel = new Map<string, bigint>();
  for (const cost of costs) byModel.set(cost.model, (byModel.get(cost.model) ?? 0n) + amount(cost));
  const [only] = [...byModel].filter(([, micros]) => Number(micros) >= Number(total) * ALONE && micros > 0n);
  return only?.[0] ?? (total === 0n ? '' : undefined);
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
