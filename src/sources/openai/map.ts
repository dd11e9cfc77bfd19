/** OpenAI's costs and usage in the words of FOCUS. */
import { type Day, startOfMonth } from '../../core/day.ts';
import { type Charge, MODEL_TAG } from '../types.ts';
import type { UsageRow } from '../usage-sums.ts';
import { readLineItem } from './line-item.ts';
import type { Cost, Usage } from './schema.ts';

export const PROVIDER = 'OpenAI';
export const SERVICE = 'OpenAI API';

/** Project id → name. */
export type ProjectNames = ReadonlyMap<string, string>;

export interface MapOptions {
  readonly names: ProjectNames;
  /** As configured. */
  readonly organization: string | undefined;
}

/** One charge per day, project and line item; the amount stays as written. */
export function toCharge(day: Day, cost: Cost, { names, organization }: MapOptions): Charge {
  const { model, meter } = readLineItem(cost.lineItem);
  const projectName = cost.projectId === undefined ? undefined : names.get(cost.projectId);
  return {
    ProviderName: PROVIDER,
    PublisherName: PROVIDER,
    InvoiceIssuerName: PROVIDER,
    BillingAccountId: organization ?? cost.organizationId ?? 'openai',
    ...(cost.projectId !== undefined && { SubAccountId: cost.projectId }),
    ...(projectName !== undefined && { SubAccountName: projectName }),
    ServiceName: SERVICE,
    ServiceCategory: 'AI and Machine Learning',
    ServiceSubcategory: 'Generative AI',
    ...(cost.lineItem !== undefined && { SkuId: cost.lineItem, ChargeDescription: cost.lineItem }),
    ...(meter !== undefined && { SkuMeter: meter }),
    ChargeCategory: 'Usage',
    ChargeFrequency: 'Usage-Based',
    ChargePeriodStart: day,
    BillingPeriodStart: startOfMonth(day),
    BillingCurrency: cost.currency,
    BilledCost: cost.amount,
    EffectiveCost: cost.amount,
    ListCost: null,
    ContractedCost: null,
    Tags: { ...projectTags(cost.projectId, names), ...(model !== undefined && { [MODEL_TAG]: model }) },
  };
}

/** One row of usage, with the tags its project's charges have. */
export function toUsage(day: Day, usage: Usage, names: ProjectNames): UsageRow {
  return {
    day,
    model: usage.model ?? 'unknown',
    tier: usage.tier,
    tags: {
      ...projectTags(usage.projectId, names),
      ...(usage.keyId !== undefined && { openai_api_key_id: usage.keyId }),
    },
    meters: usage.meters,
  };
}

function projectTags(id: string | undefined, names: ProjectNames): Record<string, string> {
  if (id === undefined) return {};
  const projectName = names.get(id);
  return { openai_project_id: id, ...(projectName !== undefined && { openai_project: projectName }) };
}
