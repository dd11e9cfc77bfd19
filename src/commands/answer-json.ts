/** An answer as `ask --json` prints it: amounts are decimal strings, unknown is null, both ends of a period are included. */
import type { AnswerEstimate, CostAnswer } from '../core/answer.ts';
import { formatDecimal } from '../core/decimal.ts';
import { microsToDecimal } from '../core/money.ts';
import { questionText, subjectScope } from '../core/question.ts';
import { scopeKey } from '../core/scope.ts';
import type { UnitCost } from '../core/usage.ts';
import { daysIn } from '../view/format.ts';

export function answerJson(text: string, answer: CostAnswer): Record<string, unknown> {
  const { question, period, previous, compared, owner, budget, series } = answer;
  const subject = question.subject;
  return {
    question: text,
    understood: questionText(question),
    scope: subject.kind === 'unallocated' ? `${subject.of}:unallocated` : scopeKey(subjectScope(subject)),
    period: { ...period, days: daysIn(period) },
    previous: { ...previous, days: daysIn(previous), label: answer.previousLabel },
    compared: compared ?? null,
    currency: answer.currency,
    basis: answer.basis,
    by: answer.by,
    total: amount(answer.total),
    previousTotal: amount(answer.previousTotal),
    change: amount(answer.change),
    changePercent: percent(answer.changeRatio),
    sharePercent: percent(answer.share),
    rows: answer.rows.map((row) => ({
      key: row.key ?? 'unallocated',
      label: row.label,
      allocated: row.key !== null,
      cost: amount(row.cost),
      previousCost: amount(row.previousCost),
      change: amount(row.change),
      changePercent: percent(row.changeRatio),
      sharePercent: percent(row.share),
      unitCost: row.unitCost ? unitCostJson(row.unitCost) : null,
    })),
    byChargeCategory: Object.fromEntries(answer.categories.map(({ key, cost }) => [key, amount(cost)])),
    drivers: answer.drivers.map((driver) => ({
      dimension: driver.dimension,
      key: driver.label,
      change: amount(driver.change),
      sharePercent: percent(driver.share),
    })),
    daily: series.days.map((day, i) => ({
      day,
      complete: series.provisionalFrom === undefined || day < series.provisionalFrom,
      cost: amount(sumAt(series.parts, i)),
    })),
    owner: owner ?? null,
    budget: budget
      ? {
          amount: amount(budget.amount),
          currency: budget.currency,
          period: budget.period,
          start: budget.current.start,
          end: budget.current.end,
          spent: amount(budget.spent),
          usedPercent: percent(budget.usedRatio),
        }
      : null,
    watermark: answer.watermark ?? null,
    sources: answer.sources.map(({ name, watermark, stale, lacking, error }) => ({
      name,
      watermark: watermark ?? null,
      stale,
      lacking,
      error: error ?? null,
    })),
    arriving: answer.arriving ? { ...answer.arriving.period, cost: amount(answer.arriving.cost) } : null,
    estimate: answer.estimate ? estimateJson(answer.estimate) : null,
    unconverted: answer.unconverted.map(({ currency, micros }) => ({ currency, amount: amount(micros) })),
    allocatedPercent: percent(answer.allocated ?? null),
    unitCosts: answer.unitCosts.map(unitCostJson),
    shared: answer.shared
      ? {
          direct: amount(answer.shared.direct),
          shared: amount(answer.shared.shared),
          bySplit: answer.shared.bySplit.map(({ name, cost }) => ({ name, cost: amount(cost) })),
        }
      : null,
    warnings: answer.warnings,
  };
}

/** What is not billed yet, by tokens × list price; never a part of the total. */
function estimateJson(estimate: AnswerEstimate): Record<string, unknown> {
  return {
    ...estimate,
    amount: amount(estimate.amount),
    unconverted: estimate.unconverted.map(({ currency, micros }) => ({ currency, amount: amount(micros) })),
  };
}

/** Costs and quantities as exact decimal strings; `unknown` says why a null cost is one. */
function unitCostJson(unit: UnitCost): Record<string, unknown> {
  return {
    metric: unit.metric,
    per: unit.per,
    cost: unit.attos === null ? null : formatDecimal(unit.attos, 18),
    previousCost: unit.previousAttos === null ? null : formatDecimal(unit.previousAttos, 18),
    changePercent: percent(unit.changeRatio),
    quantity: amount(unit.quantity),
    previousQuantity: amount(unit.previousQuantity),
    stage: unit.stage ?? null,
    days: unit.days ?? null,
    models: unit.models ?? null,
    unknown: unit.unknown ?? null,
  };
}

function sumAt(parts: CostAnswer['series']['parts'], index: number): bigint | null {
  const known = parts.flatMap((part) => part.micros[index] ?? []);
  return known.length === 0 ? null : known.reduce((a, b) => a + b);
}

function amount(micros: bigint | null): string | null {
  return micros === null ? null : microsToDecimal(micros);
}

/** Percent with two decimals, as a number. */
function percent(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 10_000) / 100;
}
