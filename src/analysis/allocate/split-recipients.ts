/** Who shares a pool on a day, and in which proportion. */
import { parseDecimal, rescale } from '../../core/money.ts';
import type { Settings, SplitSettings } from '../../core/settings.ts';

/** What is known of a team or model on a day: how much of the cost or usage is its own, under which team and cost centre. */
export interface Claim {
  readonly name: string;
  /** Any unit, the same for all claims of a day; never negative. */
  readonly weight: bigint;
  readonly team?: string | null;
  readonly costCenter?: string | null;
}

export interface Recipient {
  readonly name: string;
  readonly weight: bigint;
  /** Team of a model; absent when nobody knows it. */
  readonly team?: string;
  readonly costCenter?: string;
}

/**
 * Recipients with a weight above zero, by name; empty when no weight is known, so that nothing is shared.
 * `claims` are those of the day (and, for direct cost, of the pool's currency).
 *
 * evenly: 1 each of the named, else of everybody with a claim. shares: the weights as written. direct-cost and
 * usage: the sums of the claims. A model's team and a team's cost centre are the configured ones, else those
 * under which most of its own claims run.
 */
export function recipientsOf(
  split: SplitSettings,
  claims: readonly Claim[],
  settings: Pick<Settings, 'teams' | 'models'>,
): Recipient[] {
  const { among } = split;
  const own = new Map<string, Claim[]>();
  for (const claim of claims)
    if (claim.weight > 0n) own.set(claim.name, [...(own.get(claim.name) ?? []), claim]);
  const names = among.names.length > 0 ? among.names : [...own.keys()];
  const weightOf = weights(split, own);
  return [...names]
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .map((name) => ({
      name,
      weight: weightOf(name),
      ...homeOf(among.dimension, name, own.get(name), settings),
    }))
    .filter(({ weight }) => weight > 0n);
}

function weights(
  { by }: SplitSettings,
  own: ReadonlyMap<string, readonly Claim[]>,
): (name: string) => bigint {
  switch (by.kind) {
    case 'evenly':
      return () => 1n;
    case 'shares': {
      const parsed = new Map(Object.entries(by.shares).map(([name, weight]) => [name, parseDecimal(weight)]));
      const scale = Math.max(0, ...[...parsed.values()].map((share) => share.scale));
      return (name) => {
        const share = parsed.get(name);
        return share ? rescale(share.digits, share.scale, scale) : 0n;
      };
    }
    case 'direct-cost':
    case 'usage':
      return (name) => sum(own.get(name) ?? []);
  }
}

function homeOf(
  dimension: 'team' | 'model',
  name: string,
  claims: readonly Claim[] = [],
  { teams, models }: Pick<Settings, 'teams' | 'models'>,
): Pick<Recipient, 'team' | 'costCenter'> {
  const configured = dimension === 'model' ? models.find((model) => model.name === name)?.team : name;
  const team = configured ?? usual(claims, (claim) => claim.team);
  if (team === undefined) return {};
  const costCenter =
    teams.find((one) => one.name === team)?.costCenter ??
    usual(
      claims.filter((claim) => dimension === 'team' || claim.team === team),
      (claim) => claim.costCenter,
    );
  return { ...(dimension === 'model' && { team }), ...(costCenter !== undefined && { costCenter }) };
}

/** The value that carries most weight; of equals the first by name. */
function usual(
  claims: readonly Claim[],
  pick: (claim: Claim) => string | null | undefined,
): string | undefined {
  const values = [...new Set(claims.flatMap((claim) => pick(claim) ?? []))].sort();
  const weight = (value: string) => sum(claims.filter((claim) => pick(claim) === value));
  return values.reduce<string | undefined>(
    (best, value) => (best === undefined || weight(value) > weight(best) ? value : best),
    undefined,
  );
}

function sum(claims: readonly Claim[]): bigint {
  return claims.reduce((total, { weight }) => total + weight, 0n);
}
