/** Unit costs of an answer in words: what its table does not say already, and what they leave out. */
import type { CostAnswer } from '../../core/answer.ts';
import type { UnitCost, UnitMetric } from '../../core/usage.ts';
import { bold, type Span, text } from '../elements.ts';
import { countOf, formatRatio } from '../format.ts';
import { formatQuantity, formatUnitCost, formatUnitCostChange, unitName } from '../format-unit-cost.ts';

/** What a metric says too, where it is known: kinds of tokens, and hours that are not of single GPUs. */
const SAID_BY: Readonly<Partial<Record<UnitMetric, UnitMetric>>> = {
  input_tokens: 'tokens',
  output_tokens: 'tokens',
  cached_tokens: 'tokens',
  training_hours: 'gpu_hours',
};

/** Unit costs worth a reader's time. An epoch of one model is nothing like one of another. */
export function shownUnits({ unitCosts, question }: CostAnswer): UnitCost[] {
  const known = unitCosts.flatMap(({ metric, attos }) => (attos === null ? [] : [metric]));
  return unitCosts.filter(({ metric }) => {
    const same = SAID_BY[metric];
    if (same !== undefined && known.includes(same)) return false;
    return metric !== 'epochs' || question.subject.kind === 'model';
  });
}

/** "Unit cost: $0.412 per 1k requests (−6 %), inference cost; …". Undefined when the table says all of them. */
export function unitSpans(answer: CostAnswer): Span[] | undefined {
  const said = answer.rows.flatMap(({ unitCost }) => unitCost ?? []);
  const units = shownUnits(answer).filter(
    (unit) => !said.some(({ metric, attos }) => metric === unit.metric && attos === unit.attos),
  );
  if (units.length === 0) return undefined;
  const known = units.filter(({ attos }) => attos !== null);
  const spans: Span[] = [bold('Unit cost: ')];
  if (known.length === 0) spans.push(text(formatUnitCost(units[0] as UnitCost, answer.currency)));
  for (const [index, unit] of known.entries())
    spans.push(text(`${index > 0 ? '; ' : ''}${priceWords(unit, answer.currency)}`));
  const unknown = known.length > 0 ? units.filter(({ attos }) => attos === null) : [];
  for (const unit of unknown) spans.push(text(`; per ${unit.per} ${formatUnitCost(unit, answer.currency)}`));
  return [...spans, text('.')];
}

/** A score is worth saying by itself; anything else is in the small print. */
function priceWords(unit: UnitCost, currency: string): string {
  const price = formatUnitCostChange(unit, currency);
  if (unit.metric === 'quality') return `${used(unit)} at ${price}`;
  return unit.stage ? `${price}, ${unit.stage} cost` : price;
}

/** "1.2M requests (+12 %)". How much more or less is not known where usage is known on some days only. */
function used({ metric, quantity, previousQuantity: before, days }: UnitCost): string {
  const comparable = quantity !== null && before !== null && before > 0n && days === undefined;
  const change = comparable ? ` (${formatRatio(Number(quantity - before) / Number(before))})` : '';
  return `${formatQuantity(metric, quantity)}${change}`;
}

/** Small print: how much was used; cost of days and models without usage is in no unit cost; and where all cost was divided. */
export function unitNotes(answer: CostAnswer): string[] {
  const units = shownUnits(answer).filter(({ attos }) => attos !== null);
  const partly = units.flatMap(({ metric, days, models }) => {
    const parts = [
      days && `on ${days.known} of ${countOf(days.of, 'day')}`,
      models && `of ${models.known} of ${countOf(models.of, 'model')}`,
    ].filter((part) => part !== undefined);
    return parts.length > 0 ? [`${unitName(metric)} ${parts.join(' and ')}`] : [];
  });
  const whole = units.filter(({ stage, metric }) => stage === undefined && metric !== 'quality');
  const counted = units.filter(({ metric }) => metric !== 'quality').map(used);
  return [
    ...(counted.length > 0 ? [`Used: ${counted.join(', ')}.`] : []),
    ...(partly.length > 0 ? [`Unit costs divide only cost whose usage is known: ${partly.join(', ')}.`] : []),
    ...whole.map(({ per }) => `Cost per ${per} is of all cost: its stage is not known.`),
  ];
}
