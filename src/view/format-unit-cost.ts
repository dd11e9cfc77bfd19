/** How unit costs and quantities are written, the same everywhere. */
import type { UnitCost, UnitMetric } from '../core/usage.ts';
import { formatRatio, UNKNOWN } from './format.ts';

/** "$0.412 per 1k requests", "$2.91 per GPU-hour", or "unknown (no usage data)": three digits that matter. */
export function formatUnitCost({ attos, per, unknown }: UnitCost, currency: string): string {
  if (attos === null) return unknown ? `${UNKNOWN} (${unknown})` : UNKNOWN;
  return `${formatUnitAmount(attos, currency)} per ${per}`;
}

/** The same with its change: "$0.412 per 1k requests (−6 %)". */
export function formatUnitCostChange(unit: UnitCost, currency: string): string {
  const change =
    unit.attos !== null && unit.changeRatio !== null ? ` (${formatRatio(unit.changeRatio)})` : '';
  return `${formatUnitCost(unit, currency)}${change}`;
}

/** 10^-18 of a currency with three digits that matter: "$0.00412", "$12.3", "$1,235"; other units as "0.412 TOKENS". */
export function formatUnitAmount(attos: bigint, currency: string): string {
  const value = Number(attos) / 1e18;
  const size = Math.abs(value);
  // Rounding may carry into the next power of ten: 0.9999 is 1.00, not 1.000.
  const power = size === 0 ? 3 : Math.floor(Math.log10(Number(size.toPrecision(3))));
  const digits = Math.min(18, Math.max(0, 2 - power));
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  if (!/^[A-Z]{3}$/.test(currency))
    return `${value < 0 ? '−' : ''}${size.toLocaleString('en-US', format)} ${currency}`;
  const amount = size.toLocaleString('en-US', { style: 'currency', currency, ...format });
  return `${value < 0 ? '−' : ''}${amount}`;
}

const UNITS: Readonly<Record<UnitMetric, string>> = {
  requests: 'requests',
  tokens: 'tokens',
  input_tokens: 'input tokens',
  output_tokens: 'output tokens',
  cached_tokens: 'cached tokens',
  gpu_hours: 'GPU-hours',
  training_hours: 'training hours',
  epochs: 'epochs',
  quality: 'quality',
};

/** What a metric counts, in words: "GPU-hours". */
export function unitName(metric: UnitMetric): string {
  return UNITS[metric];
}

/** "1.2M requests", "96.5 GPU-hours", "quality 0.914"; micro-units of the metric. */
export function formatQuantity(metric: UnitMetric, micros: bigint | null): string {
  if (micros === null) return `${UNKNOWN} ${unitName(metric)}`;
  const value = Number(micros) / 1e6;
  if (metric === 'quality')
    return `quality ${value.toLocaleString('en-US', { maximumSignificantDigits: 4 })}`;
  const [scale, letter] = value >= 1e9 ? [1e9, 'B'] : value >= 1e6 ? [1e6, 'M'] : [1, ''];
  const scaled = value / scale;
  const digits = scaled >= 100 || (letter === '' && Number.isInteger(scaled)) ? 0 : 1;
  return `${scaled.toLocaleString('en-US', { maximumFractionDigits: digits })}${letter} ${unitName(metric)}`;
}
