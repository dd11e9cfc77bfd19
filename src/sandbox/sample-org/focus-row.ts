/** The columns that every bill fills in the same way. */
import { addMonths } from '../../core/day.ts';
import { formatCost, formatScaled, QUANTITY_SCALE, shareOf, toCost } from './decimal.ts';
import { meterOf } from './meters.ts';
import { code, DIGITS, UPPER } from './random.ts';
import type { BillSource } from './sources.ts';
import type { Entry, FocusRow, Line } from './types.ts';

const FREQUENCY = {
  Usage: 'Usage-Based',
  Purchase: 'Recurring',
  Tax: 'Recurring',
  Credit: 'One-Time',
  Adjustment: 'One-Time',
} as const;

/** What is the same on every row of a line, worked out once. */
const skus = new Map<string, { id: string; priceId: string; list: string; contracted: string }>();

function skuOf(source: BillSource, line: Line) {
  const known = skus.get(line.use.meter);
  if (known) return known;
  const { price, item, service } = meterOf(line.use.meter);
  const id = code(`${service}|${item}`, 12, UPPER);
  const list = toCost(price);
  const made = {
    id,
    priceId: `${id}.${code(item, 10, DIGITS)}`,
    list: formatCost(list),
    contracted: formatCost(shareOf(list, source.contracted)),
  };
  skus.set(line.use.meter, made);
  return made;
}

/** Account of a line: shared things and what is nobody's have their own. */
export function accountOf(source: BillSource, line: Line) {
  const { use, model } = line;
  return use.tagging === 'shared' || (model === undefined && use.stage === 'other')
    ? source.accounts.shared
    : source.accounts[use.environment];
}

/** FOCUS columns without resource, region and tags, which each cloud writes its own way. */
export function commonColumns(source: BillSource, entry: Entry): FocusRow {
  const { line, category, quantity } = entry;
  const meter = meterOf(line.use.meter);
  const sku = skuOf(source, line);
  const account = accountOf(source, line);
  const usage = category === 'Usage' && quantity !== undefined;
  return {
    BilledCost: formatCost(entry.billed),
    BillingAccountId: source.billingAccountId,
    BillingAccountName: source.billingAccountName,
    BillingCurrency: source.currency,
    BillingPeriodStart: source.midnight(entry.period),
    BillingPeriodEnd: source.midnight(addMonths(entry.period, 1)),
    ChargeCategory: category,
    ChargeClass: entry.correction ? 'Correction' : undefined,
    ChargeDescription: entry.description,
    ChargeFrequency: FREQUENCY[category],
    ChargePeriodStart: source.midnight(entry.start),
    ChargePeriodEnd: periodEnd(source, entry),
    ConsumedQuantity: usage ? consumedQuantity(entry) : undefined,
    ConsumedUnit: usage ? (meter.consumed?.unit ?? meter.unit) : undefined,
    ContractedCost: formatCost(entry.contracted),
    ContractedUnitPrice: quantity === undefined ? undefined : sku.contracted,
    EffectiveCost: formatCost(entry.effective),
    InvoiceIssuerName: source.issuer,
    ListCost: formatCost(entry.list),
    ListUnitPrice: quantity === undefined ? undefined : sku.list,
    PricingCategory:
      quantity === undefined
        ? undefined
        : entry.commitment === 'Used' || entry.commitment === 'Unused'
          ? 'Committed'
          : 'Standard',
    PricingQuantity: quantity === undefined ? undefined : formatScaled(quantity, QUANTITY_SCALE),
    PricingUnit: quantity === undefined ? undefined : meter.unit,
    ProviderName: source.provider,
    PublisherName: meter.publisher ?? source.publisher,
    ServiceCategory: meter.category,
    ServiceName: meter.service,
    SkuId: quantity === undefined ? undefined : sku.id,
    SkuPriceId: quantity === undefined ? undefined : sku.priceId,
    SubAccountId: account.id || undefined,
    SubAccountName: account.name || undefined,
  };
}

function periodEnd(source: BillSource, { start, end, untilHour }: Entry): string {
  if (untilHour === undefined) return source.midnight(end);
  return source.midnight(start).replace('T00', `T${untilHour}`);
}

function consumedQuantity(entry: Entry): string {
  const perUnit = BigInt(meterOf(entry.line.use.meter).consumed?.perUnit ?? 1);
  return formatScaled((entry.quantity ?? 0n) * perUnit, QUANTITY_SCALE);
}

/** Direction of a token meter ("input", "output", "cache read"), or undefined for other meters. */
export function tokenDetails(line: Line): string | undefined {
  const meter = meterOf(line.use.meter);
  if (meter.subcategory !== 'Generative AI') return undefined;
  const direction = line.use.meter.split(':')[1];
  const TokenType = direction === 'out' ? 'Output' : 'Input';
  const model = meter.item.split(/,| (input|output|cache|text)/)[0] ?? meter.item;
  return JSON.stringify({
    ModelId: model,
    TokenType,
    ...(direction === 'cached' && { TokenCacheAction: 'Read' }),
  });
}
