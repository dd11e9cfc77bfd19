/** Staged charges when there are none: days without any charge are replaced like all others. */
import type { StagedCharges } from '../../sources/types.ts';

export function noCharges(): StagedCharges {
  async function* none(): AsyncGenerator<string> {}
  return {
    files: [],
    bills: [],
    completeThrough: undefined,
    breakdown: async () => ({
      totals: [],
      byProvider: [],
      byService: [],
      byChargeCategory: [],
      byTag: new Map(),
      warnings: [],
    }),
    rows: async () => ({
      focusKeys: none(),
      tagSets: none(),
      resources: none(),
      facts: none(),
      factCount: 0,
      factsPerFile: [],
    }),
    close: async () => undefined,
  };
}
