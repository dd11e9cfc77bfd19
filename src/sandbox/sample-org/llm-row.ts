/** Rows of the OpenAI and Anthropic bills: FOCUS 1.2, tokens per project or workspace. */
import { commonColumns, tokenDetails } from './focus-row.ts';
import { meterOf } from './meters.ts';
import { code, LOWER } from './random.ts';
import type { BillSource } from './sources.ts';
import type { Entry, FocusRow } from './types.ts';

export function llmRow(source: BillSource, entry: Entry): [FocusRow, FocusRow] {
  const meter = meterOf(entry.line.use.meter);
  const prefix = source.name === 'openai' ? 'proj_' : 'wrkspc_01';
  const own: FocusRow = {
    BillingAccountType: source.billingAccountType,
    ServiceSubcategory: meter.subcategory,
    SkuMeter: meter.item,
    SkuPriceDetails: tokenDetails(entry.line),
    SubAccountId: `${prefix}${code(`${source.name}|${entry.resource}`, 20, LOWER)}`,
    SubAccountName: entry.resource,
    SubAccountType: source.accountType,
  };
  return [commonColumns(source, entry), own];
}
