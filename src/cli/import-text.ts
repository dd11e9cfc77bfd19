/** What `pennywatch import focus` prints for people. */
import { BASIS_COLUMN } from '../core/dimension.ts';
import type { CurrencyAmounts, ImportedFile, ImportResult, MovedDay } from '../flows/import-focus/types.ts';
import { countOf } from '../view/format.ts';

const MOST_LINES = 5;
const MOST_MOVED = 10;

export function renderImport(result: ImportResult): string {
  const sections = [
    result.files.map(renderFile).join('\n'),
    renderTotals(result.totals),
    renderMoved(result.moved),
    renderState(result),
    result.warnings.map((warning) => `Warning: ${oneLine(warning)}`).join('\n'),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function renderFile(file: ImportedFile): string {
  const outcome = file.unchanged
    ? 'unchanged: all of it was stored already, nothing was written'
    : `${countOf(file.factsWritten, 'fact')} written${file.replaced > 0 ? `, in place of ${file.replaced.toLocaleString('en-US')}` : ''}`;
  const lines = [
    `${oneLine(file.path)}`,
    `  FOCUS ${file.focusVersion} ${file.format} · ${countOf(file.rowsRead, 'row')} · ${outcome}`,
  ];
  lines.push(...renderQuarantined(file));
  for (const warning of file.warnings) lines.push(`  ! ${oneLine(warning)}`);
  return lines.join('\n');
}

/** The first rows that were set aside, with line and reason; no line when there are none. */
export function renderQuarantined(file: {
  readonly quarantinedCount: number;
  readonly quarantined: readonly { readonly line: number; readonly reason: string }[];
}): string[] {
  const { quarantinedCount: count, quarantined } = file;
  if (count === 0) return [];
  const lines = quarantined
    .slice(0, MOST_LINES)
    .map(({ line, reason }) => `    line ${line}: ${oneLine(reason)}`);
  if (count > MOST_LINES)
    lines.push(`    and ${(count - MOST_LINES).toLocaleString('en-US')} more; --json lists them`);
  return [`  ${countOf(count, 'row')} set aside (not counted):`, ...lines];
}

function renderTotals(totals: readonly CurrencyAmounts[]): string {
  const header = [
    '',
    BASIS_COLUMN.billed,
    BASIS_COLUMN.effective,
    BASIS_COLUMN.list,
    BASIS_COLUMN.contracted,
  ];
  const rows = totals.map((total) => [
    oneLine(total.currency),
    ...[total.billedCost, total.effectiveCost, total.listCost, total.contractedCost].map((amount) =>
      grouped(amount),
    ),
  ]);
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  return [
    'In these files:',
    ...[header, ...rows].map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padStart(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}`,
    ),
  ].join('\n');
}

function renderMoved(moved: readonly MovedDay[]): string {
  if (moved.length === 0) return '';
  const lines = moved.slice(0, MOST_MOVED).map(({ day, currency, effectiveCost, billedCost }) => {
    const effective = `EffectiveCost ${grouped(effectiveCost.before, 'none')} → ${grouped(effectiveCost.after, 'none')}`;
    return `  ${day}  ${effective}, BilledCost ${grouped(billedCost.before, 'none')} → ${grouped(billedCost.after, 'none')} ${oneLine(currency)}`;
  });
  if (moved.length > MOST_MOVED)
    lines.push(`  and ${moved.length - MOST_MOVED} more days; --json lists them`);
  return ['Moved, against what was stored:', ...lines].join('\n');
}

function renderState({ source, watermark, reconciliation }: ImportResult): string {
  const until = watermark
    ? `Source "${oneLine(source)}" is complete until ${watermark}.`
    : `Up to which day source "${oneLine(source)}" is complete is not known.`;
  if (reconciliation.days === 0) return until;
  const check = reconciliation.ok
    ? `${countOf(reconciliation.days, 'day')} checked: bill, facts and allocated costs agree to the micro.`
    : `${countOf(reconciliation.differences.length, 'difference')} between facts and allocated costs: run pennywatch allocate.`;
  return `${until}\n${check}`;
}

/** "1234567.891" → "1,234,567.89"; small amounts keep their digits; unknown when null. */
export function grouped(amount: string | null, none = 'unknown'): string {
  if (amount === null) return none;
  const [whole = '0', fraction = ''] = amount.split('.');
  const digits = whole.replace('-', '') === '0' ? fraction.slice(0, 8) : fraction.slice(0, 2).padEnd(2, '0');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${digits && `.${digits}`}`;
}

/** Text from bills on one terminal line, without control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}
