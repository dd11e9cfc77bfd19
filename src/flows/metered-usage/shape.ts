/** A row of metered usage as the allocation rules see it: like the charge it will be billed with. */
import type { ChargeShape } from '../../analysis/allocate/types.ts';
import { MODEL_TAG } from '../../sources/types.ts';
import type { MeteredRow } from '../../store/metered-usage.ts';

export function shapeOf(row: Pick<MeteredRow, 'provider' | 'service' | 'model' | 'tags'>): ChargeShape {
  return {
    columns: { ProviderName: row.provider, ServiceName: row.service, ChargeCategory: 'Usage' },
    tags: row.model === '' ? row.tags : { ...row.tags, [MODEL_TAG]: row.model },
  };
}
