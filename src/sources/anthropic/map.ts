/** Anthropic's costs and usage in the words of FOCUS. */
import { type Day, startOfMonth } from '../../core/day.ts';
import { plainDecimal } from '../../core/exact-number.ts';
import { type Charge, MODEL_TAG } from '../types.ts';
import type { UsageRow } from '../usage-sums.ts';
import type { Cost, Usage } from './schema.ts';

export const PROVIDER = 'Anthropic';
export const SERVICE = 'Anthropic API';

/** Anthropic names no id for the workspace every organization starts with. */
const DEFAULT_WORKSPACE = 'Default';

/** Workspace id → name. */
export type WorkspaceNames = ReadonlyMap<string, string>;

export interface MapOptions {
  readonly names: WorkspaceNames;
  readonly organization: string;
}

/** One charge per day, workspace and description (model, kind of tokens, tier, context). */
export function toCharge(day: Day, cost: Cost, { names, organization }: MapOptions): Charge {
  const amount = fromMinorUnits(cost.minorUnits, cost.currency);
  const workspaceName = nameOf(cost.workspaceId, names);
  const sku = [cost.model ?? cost.kind, cost.tokens, cost.tier, cost.context].filter(
    (part) => part !== undefined,
  );
  const meter = cost.tokens ?? cost.kind;
  return {
    ProviderName: PROVIDER,
    PublisherName: PROVIDER,
    InvoiceIssuerName: PROVIDER,
    BillingAccountId: organization,
    ...(cost.workspaceId !== undefined && { SubAccountId: cost.workspaceId }),
    ...(workspaceName !== undefined && { SubAccountName: workspaceName }),
    ServiceName: SERVICE,
    ServiceCategory: 'AI and Machine Learning',
    ServiceSubcategory: 'Generative AI',
    ...(sku.length > 0 && { SkuId: sku.join(' | ') }),
    ...(meter !== undefined && { SkuMeter: meter }),
    ...(cost.description !== undefined && { ChargeDescription: cost.description }),
    ChargeCategory: 'Usage',
    ChargeFrequency: 'Usage-Based',
    ChargePeriodStart: day,
    BillingPeriodStart: startOfMonth(day),
    BillingCurrency: cost.currency,
    BilledCost: amount,
    EffectiveCost: amount,
    ListCost: null,
    ContractedCost: null,
    Tags: {
      ...workspaceTags(cost.workspaceId, names),
      ...(cost.model !== undefined && { [MODEL_TAG]: cost.model }),
    },
  };
}

/** One row of usage, with the tags its workspace's charges have. */
export function toUsage(day: Day, usage: Usage, names: WorkspaceNames): UsageRow {
  return {
    day,
    model: usage.model ?? 'unknown',
    tier: usage.tier ?? 'standard',
    tags: {
      ...workspaceTags(usage.workspaceId, names),
      ...(usage.keyId !== undefined && { anthropic_api_key_id: usage.keyId }),
    },
    meters: usage.meters,
  };
}

/** "123.78912" cents of USD are "1.2378912", exactly; currencies without cents stay as they are. */
export function fromMinorUnits(minorUnits: string, currency: string): string {
  return plainDecimal(`${minorUnits}e-${digitsOf(currency)}`);
}

/** Digits of the smallest unit, by currency; asking for them is slow. */
const DIGITS = new Map<string, number>();

function digitsOf(currency: string): number {
  const known = DIGITS.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  DIGITS.set(currency, digits);
  return digits;
}

function workspaceTags(id: string | undefined, names: WorkspaceNames): Record<string, string> {
  const workspaceName = nameOf(id, names);
  return {
    ...(workspaceName !== undefined && { anthropic_workspace: workspaceName }),
    ...(id !== undefined && { anthropic_workspace_id: id }),
  };
}

function nameOf(id: string | undefined, names: WorkspaceNames): string | undefined {
  return id === undefined ? DEFAULT_WORKSPACE : names.get(id);
}
