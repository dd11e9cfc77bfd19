/** What `pennywatch poll` prints for people. */
import { addDecimals, subtractDecimals } from '../core/decimal.ts';
import { parseDecimal } from '../core/money.ts';
import type { PolledAmount, PollResult } from '../flows/poll/types.ts';
import { countOf } from '../view/format.ts';
import { grouped, oneLine } from './import-text.ts';

const MOST_SERVICES = 8;
const MOST_RESTATED = 10;
const MOST_WARNINGS = 10;

export function renderPolls(results: readonly PollResult[]): string {
  return results.map(renderPoll).join('\n\n');
}

function renderPoll(result: PollResult): string {
  const sections = [
    renderHead(result),
    renderTotals(result),
    renderServices(result.byService),
    renderRestated(result),
    renderState(result),
    renderWarnings(result.warnings),
    renderError(result),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function renderHead({ source, kind, status, window, batches, requests }: PollResult): string {
  const outcome = { done: 'done', partly: 'PARTLY DONE', failed: 'FAILED' }[status];
  const title = source === kind ? oneLine(source) : `${oneLine(source)} (${kind})`;
  const nothingNew = batches.length > 0 && batches.every(({ unchanged }) => unchanged);
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const fetched = window
    ? `${window.start} to ${window.end}, ${countOf(rows, 'row')} in ${countOf(batches.length, 'batch', 'batches')}${nothingNew ? ', nothing new' : ''}`
    : 'no days fetched';
  const { today } = requests;
  const failures = requests.failed > 0 ? ` (${requests.failed} failed)` : '';
  const price = isZero(requests.cost) ? 'free of charge' : `${requests.cost} ${requests.currency}`;
  const budget = today.budget === null ? '' : ` of at most ${today.budget.toLocaleString('en-US')}`;
  const spent = isZero(today.cost) ? '' : `, ${today.cost} ${requests.currency}`;
  return [
    `${title}: ${outcome}`,
    `  ${fetched}`,
    `  ${countOf(requests.sent, 'request')}${failures}, ${price}; today ${today.sent.toLocaleString('en-US')}${budget}${spent}`,
  ].join('\n');
}

function renderTotals({ totals, window }: PollResult): string {
  if (totals.length === 0) return '';
  const rows = totals.map(({ currency, billedCost, effectiveCost }) => [
    oneLine(currency),
    grouped(billedCost),
    grouped(effectiveCost),
  ]);
  const days = window ? `, ${window.start} to ${window.end}` : '';
  return [`  Stored${days}:`, ...table([['', 'BilledCost', 'EffectiveCost'], ...rows])].join('\n');
}

/** The dearest services of each currency, the rest in one line with its sum. */
function renderServices(services: PollResult['byService']): string {
  const currencies = [...new Set(services.map(({ currency }) => currency))];
  return currencies
    .flatMap((currency) => {
      const own = services
        .filter((one) => one.currency === currency)
        .sort((a, b) => compareDecimals(amountOf(b), amountOf(a)));
      const [shown, rest] = [own.slice(0, MOST_SERVICES), own.slice(MOST_SERVICES)];
      const lines = shown.map((one) => [grouped(amountOf(one)), oneLine(currency), oneLine(one.service)]);
      if (rest.length > 0)
        lines.push([
          grouped(addDecimals(...rest.map(amountOf))),
          oneLine(currency),
          `and ${rest.length} more; --json lists them`,
        ]);
      return table(lines, 1);
    })
    .join('\n');
}

function renderRestated({ restated }: PollResult): string {
  if (restated.length === 0) return '';
  const lines = restated.slice(0, MOST_RESTATED).map(({ day, currency, effectiveCost, billedCost }) => {
    const moved = effectiveCost.before === effectiveCost.after ? billedCost : effectiveCost;
    const basis = moved === effectiveCost ? 'EffectiveCost' : 'BilledCost';
    return `    ${day}  ${basis} ${grouped(moved.before, 'none')} → ${grouped(moved.after, 'none')} ${oneLine(currency)}`;
  });
  if (restated.length > MOST_RESTATED)
    lines.push(`    and ${restated.length - MOST_RESTATED} more; --json lists them`);
  return ['  Changed after the day was complete:', ...lines].join('\n');
}

function renderState({ watermark, history, reconciliation }: PollResult): string {
  const lines = [watermark ? `  Complete until ${watermark}.` : '  No day is complete yet.'];
  if (history.wanted !== null && history.complete)
    lines.push(`  History is in since ${history.from ?? history.wanted}.`);
  if (history.wanted !== null && !history.complete)
    lines.push(
      `  History: ${history.from ? `in since ${history.from}` : 'nothing yet'}, wanted since ${history.wanted}; poll again to go on.`,
    );
  if (reconciliation.days > 0)
    lines.push(
      reconciliation.ok
        ? `  ${countOf(reconciliation.days, 'day')} checked: bill, facts and allocated costs agree to the micro.`
        : `  ${countOf(reconciliation.days, 'day')} checked: facts and allocated costs differ: run pennywatch allocate.`,
    );
  return lines.join('\n');
}

function renderWarnings(warnings: readonly string[]): string {
  const lines = warnings.slice(0, MOST_WARNINGS).map((warning) => `  ! ${oneLine(warning)}`);
  if (warnings.length > MOST_WARNINGS)
    lines.push(`  ! and ${warnings.length - MOST_WARNINGS} more warnings; --json lists them`);
  return lines.join('\n');
}

function renderError({ error }: PollResult): string {
  if (!error) return '';
  const hint = error.hint
    ? error.hint
        .split('\n')
        .map((line) => `\n    → ${oneLine(line)}`)
        .join('')
    : '';
  return `  Failed: ${oneLine(error.message)}${hint}`;
}

function amountOf({ effectiveCost, billedCost }: PolledAmount): string | null {
  return effectiveCost ?? billedCost;
}

function compareDecimals(a: string | null, b: string | null): number {
  const difference = subtractDecimals(a ?? '0', b ?? '0') ?? '0';
  return difference.startsWith('-') ? -1 : isZero(difference) ? 0 : 1;
}

function isZero(amount: string): boolean {
  return parseDecimal(amount).digits === 0n;
}

/** Lines of columns, right-aligned up to the last `left` ones. */
function table(rows: readonly (readonly string[])[], left = 0): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    `    ${row
      .map((cell, column) => (column >= row.length - left ? cell : cell.padStart(width(column))))
      .join('  ')}`.trimEnd(),
  );
}
