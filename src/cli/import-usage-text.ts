/** What `pennywatch import usage` prints for people. */
import type { ImportedUsageFile, MetricSum, UsageImportResult } from '../flows/import-usage/types.ts';
import { countOf } from '../view/format.ts';
import { oneLine, renderQuarantined } from './import-text.ts';

export function renderUsageImport(result: UsageImportResult): string {
  const { factsWritten, replaced, affectedUsageDays, source, watermark } = result;
  const gaveWay = replaced > 0 ? `, in place of ${replaced.toLocaleString('en-US')}` : '';
  const shared =
    affectedUsageDays.length > 0
      ? `\nShared costs of ${countOf(affectedUsageDays.length, 'day')} were split again by this usage.`
      : '';
  return [
    result.files.map(renderFile).join('\n'),
    renderTotals(result.totals),
    `${countOf(factsWritten, 'row')} written${gaveWay}. Source "${oneLine(source)}" is complete until ${watermark}.${shared}`,
    ...result.warnings.map((warning) => `! ${oneLine(warning)}`),
  ].join('\n\n');
}

function renderFile(file: ImportedUsageFile): string {
  return [
    oneLine(file.path),
    `  ${file.format} · ${countOf(file.rowsRead, 'row')}`,
    ...renderQuarantined(file),
    ...file.warnings.map((warning) => `  ! ${oneLine(warning)}`),
  ].join('\n');
}

function renderTotals(totals: readonly MetricSum[]): string {
  const rows = totals.map(({ metric, quantity, days, firstDay, lastDay }) => [
    metric,
    grouped(quantity),
    `${metric === 'quality' ? 'on average, ' : ''}${countOf(days, 'day')}, ${firstDay} to ${lastDay}`,
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    ([metric = '', quantity = '', days = '']) =>
      `  ${metric.padEnd(widths[0] ?? 0)}  ${quantity.padStart(widths[1] ?? 0)}  ${days}`,
  );
  return ['In these files:', ...lines].join('\n');
}

/** "1234567.891" → "1,234,567.891". */
function grouped(quantity: string): string {
  const [whole = '0', fraction] = quantity.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`;
}
