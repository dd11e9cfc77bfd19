/** What a weekly report continues with in its thread: the rest of a long table, the teams of an organisation, restated days. */
import { bold, text, type View } from '../elements.ts';
import { formatDay, formatMoney, formatRange, formatSignedMoney, UNKNOWN } from '../format.ts';
import { SHOWN_RESTATED } from './weekly-report-small-print.ts';
import { rowsTable, shownRows, sumOf } from './weekly-report-table.ts';
import type { ReportFacts } from './weekly-report-types.ts';

/** Rows of one message: with five columns this stays well below what a chat message holds. */
const PAGE = 40;

export function reportThread(facts: ReportFacts): View[] {
  return facts.alone ? [] : [...restOfTable(facts), ...teams(facts), ...restatedDays(facts)];
}

function restOfTable(facts: ReportFacts): View[] {
  const { rows, by, period, complete, today, currency, title } = facts;
  const rest = rows.slice(shownRows(facts).length);
  const first = rows.length - rest.length + 1;
  return pages(rest).map((page, index) => {
    const from = first + index * PAGE;
    const range = page.length === 1 ? `${from}` : `${from}–${from + page.length - 1}`;
    const when = formatRange(complete ?? period, today);
    return {
      elements: [
        {
          kind: 'text',
          spans: [
            bold(`${title}, ${when}: ${by === 'modelVersion' ? 'version' : by} ${range} of ${rows.length}`),
            text(`, together ${formatMoney(sumOf(page), currency)}`),
          ],
        },
        rowsTable(facts, page, capital(by === 'modelVersion' ? 'version' : by)),
      ],
    };
  });
}

function teams(facts: ReportFacts): View[] {
  const { byTeam, complete, period, today } = facts;
  return pages(byTeam).map((page, index) => ({
    elements: [
      {
        kind: 'text',
        spans: [bold(`By team, ${formatRange(complete ?? period, today)}${index > 0 ? ', continued' : ''}`)],
      },
      rowsTable(facts, page, 'Team'),
    ],
  }));
}

function restatedDays({ restated, today, currency }: ReportFacts): View[] {
  if (!restated || restated.days.length <= SHOWN_RESTATED) return [];
  return pages(restated.days).map((page) => ({
    elements: [
      { kind: 'text', spans: [bold('Restated since the last report, per source and day')] },
      {
        kind: 'table',
        columns: [{ title: 'Source' }, { title: 'Day' }, { title: 'Change', align: 'right' }],
        rows: page.map(({ source, day, change }) => [
          source,
          formatDay(day, today),
          change === null ? UNKNOWN : formatSignedMoney(change, currency),
        ]),
      },
    ],
  }));
}

function pages<T>(rows: readonly T[]): T[][] {
  const found: T[][] = [];
  for (let start = 0; start < rows.length; start += PAGE) found.push(rows.slice(start, start + PAGE));
  return found;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
