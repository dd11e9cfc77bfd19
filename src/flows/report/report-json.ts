/** A report as data: amounts are decimal strings, unknown is null, both ends of a period are included. */
import type { AnswerRow } from '../../core/answer.ts';
import { formatDecimal } from '../../core/decimal.ts';
import { microsToDecimal } from '../../core/money.ts';
import { scopeKey } from '../../core/scope.ts';
import type { UnitCost } from '../../core/usage.ts';
import type { ReportFacts } from '../../view/messages/weekly-report-types.ts';
import type { ReportRequest } from './compose.ts';

export function reportJson(request: ReportRequest, facts: ReportFacts): Record<string, unknown> {
  const { answer, month, restated } = facts;
  return {
    report: request.frequency,
    scope: scopeKey(request.scope),
    at: new Date(request.at).toISOString(),
    timeZone: request.timeZone,
    period: facts.period,
    complete: facts.complete ?? null,
    previous: facts.previous,
    currency: facts.currency,
    basis: answer.basis,
    total: amount(facts.total),
    previousTotal: amount(facts.previousTotal),
    change: amount(facts.change),
    changePercent: percent(facts.changeRatio),
    missing: facts.missing ? { ...facts.missing.days, arrived: amount(facts.missing.arrived) } : null,
    by: facts.by,
    rows: facts.rows.map(rowJson),
    byTeam: facts.byTeam.map(rowJson),
    movers: facts.movers.map(({ key, label, change, changeRatio, owner, causes, timing, usage }) => ({
      key,
      label,
      change: amount(change),
      changePercent: percent(changeRatio),
      owner: owner ?? null,
      causes: causes.map((cause) => ({ ...cause, change: amount(cause.change) })),
      timing: timing ?? null,
      usage: usage
        ? {
            metric: usage.metric,
            quantityPercent: percent(usage.quantityRatio),
            unitCostPercent: percent(usage.priceRatio),
          }
        : null,
    })),
    unitCosts: answer.unitCosts.map(unitJson),
    weeks: facts.weeks.starts.map((start, week) => ({
      start,
      cost: amount(sum(facts.weeks.parts.map((part) => part.weeks[week] ?? null))),
    })),
    month: {
      start: month.month ?? null,
      until: month.until ?? null,
      spent: amount(month.spent),
      forecast: amount(month.forecast?.amount ?? null),
      low: amount(month.forecast?.low ?? null),
      high: amount(month.forecast?.high ?? null),
      range: month.forecast?.range ?? null,
      reason: month.reason ?? null,
      budget: amount(month.budget ?? null),
    },
    restated: restated
      ? {
          ...restated,
          net: amount(restated.net),
          days: restated.days.map((day) => ({ ...day, change: amount(day.change) })),
        }
      : null,
    allocatedPercent: percent(answer.allocated ?? null),
    unallocated: amount(facts.unallocated),
    sources: answer.sources.map(({ name, watermark, stale }) => ({
      name,
      watermark: watermark ?? null,
      stale,
    })),
    unconverted: answer.unconverted.map(({ currency, micros }) => ({ currency, amount: amount(micros) })),
    pinned: facts.pins,
    warnings: answer.warnings,
  };
}

function rowJson({ key, label, cost, previousCost, change, changeRatio, unitCost }: AnswerRow) {
  return {
    key: key ?? 'unallocated',
    label,
    allocated: key !== null,
    cost: amount(cost),
    previousCost: amount(previousCost),
    change: amount(change),
    changePercent: percent(changeRatio),
    unitCost: unitCost ? unitJson(unitCost) : null,
  };
}

function unitJson({ metric, per, attos, changeRatio, stage, unknown }: UnitCost) {
  return {
    metric,
    per,
    cost: attos === null ? null : formatDecimal(attos, 18),
    changePercent: percent(changeRatio),
    stage: stage ?? null,
    unknown: unknown ?? null,
  };
}

function sum(amounts: readonly (bigint | null)[]): bigint | null {
  const known = amounts.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0n);
}

function amount(micros: bigint | null): string | null {
  return micros === null ? null : microsToDecimal(micros);
}

/** Percent with two decimals, as a number. */
function percent(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 10_000) / 100;
}
