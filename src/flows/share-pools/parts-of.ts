/** The parts that a line of a pool is replaced by. */
import { shareAmount } from '../../analysis/allocate/split.ts';
import type { Recipient } from '../../analysis/allocate/split-recipients.ts';
import type { StoredAmount } from '../../store/pool.ts';
import type { CostLine, CostPart, CostPlace } from '../../store/splits.ts';

/** A line's parts, one per recipient that gets anything. */
export function partsOf(
  line: CostLine,
  recipients: readonly Recipient[],
  among: 'team' | 'model',
): CostPart[] {
  const weights = recipients.map(({ weight }) => weight);
  const share = createShare(weights);
  const { effective, billed, list, contracted } = line.amounts;
  const shared = {
    effective: share(effective),
    billed: share(billed),
    list: share(list),
    contracted: share(contracted),
  };
  const parts = recipients.map((recipient, index): CostPart => {
    const at = (amounts: readonly StoredAmount[] | null) => amounts?.[index] ?? null;
    return {
      place: placeOf(line.place, recipient, among),
      amounts: {
        effective: at(shared.effective),
        billed: at(shared.billed),
        list: at(shared.list),
        contracted: at(shared.contracted),
      },
    };
  });
  return parts.filter(({ amounts }) => Object.values(amounts).some(isSomething));
}

/** Costs are often the same on every basis: equal amounts are shared once. */
function createShare(weights: readonly bigint[]) {
  const done = new Map<string, StoredAmount[]>();
  return (amount: StoredAmount | null): readonly StoredAmount[] | null => {
    if (amount === null) return null;
    const key = `${amount.micros}/${amount.residue}`;
    const parts = done.get(key) ?? shareAmount(amount, weights);
    done.set(key, parts);
    return parts;
  };
}

function isSomething(amount: StoredAmount | null): boolean {
  return amount !== null && (amount.micros !== 0n || amount.residue !== 0n);
}

/** A version of the pool's own model says nothing about the model that shares it; all else stays. */
function placeOf(place: CostPlace, recipient: Recipient, among: 'team' | 'model'): CostPart['place'] {
  const { name, team, costCenter = null } = recipient;
  const { model, modelVersion } = place;
  if (among === 'team') return { team: name, costCenter, model, modelVersion };
  if (team === undefined)
    return { team: place.team, costCenter: place.costCenter, model: name, modelVersion: null };
  return { team, costCenter, model: name, modelVersion: null };
}
