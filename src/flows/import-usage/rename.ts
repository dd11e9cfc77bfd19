/** Keeps stored usage spelled as costs are, when names and aliases change. */
import { createCanonicalise } from '../../analysis/allocate/names.ts';
import { DIMENSIONS } from '../../core/dimension.ts';
import type { Settings } from '../../core/settings.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { renameUsageValue, usageValues } from '../../store/usage.ts';

/** Spells the names of all stored usage anew, in the caller's transaction: part of allocating history again. */
export async function renameUsage(tx: StoreTransaction, settings: Settings): Promise<void> {
  const canonicalise = createCanonicalise(settings);
  for (const dimension of DIMENSIONS)
    for (const value of await usageValues(tx, dimension)) {
      const name = canonicalise(dimension, value);
      if (name !== value) await renameUsageValue(tx, dimension, value, name);
    }
}
