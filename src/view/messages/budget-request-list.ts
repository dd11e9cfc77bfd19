/** Budgets that were asked for, as a list. */
import { code, type Element, text, type View } from '../elements.ts';
import { countOf } from '../format.ts';
import { decisionButtons, requestButton } from './budget-request-buttons.ts';
import type { RequestShown, When } from './budget-request-types.ts';
import { titleOf } from './budget-request-words.ts';
import { budgetAmount } from './budget-words.ts';
import { formatMoment } from './scope-words.ts';

const SHOWN = 25;

/** Requests that wait, or the latest of all. */
export function composeRequests(input: When & { requests: readonly RequestShown[]; all: boolean }): View {
  const { requests, all, today, timeZone } = input;
  const shown = requests.slice(0, SHOWN);
  const [first] = shown;
  const title = all ? 'Budget requests' : 'Budget requests that wait';
  return {
    elements: [
      {
        kind: 'heading',
        text: first
          ? `${title}: ${requests.length}`
          : all
            ? 'Nobody ever asked for a budget'
            : 'No budget request waits',
      },
      ...(first ? [requestTable(shown, { left: requests.length - shown.length, today, timeZone })] : []),
      {
        kind: 'actions',
        buttons: [
          ...(first && first.status === 'open' && shown.length === 1 ? decisionButtons(first.id) : []),
          requestButton(),
          ...(all
            ? []
            : [
                {
                  label: 'Decided ones too',
                  action: { do: 'command' as const, text: 'budget requests all' },
                },
              ]),
        ],
      },
      ...(shown.length > 1
        ? [
            {
              kind: 'context' as const,
              spans: [
                text('Decide with '),
                code('budget approve ID'),
                text(' or '),
                code('budget decline ID REASON'),
              ],
            },
          ]
        : []),
    ],
  };
}

function requestTable(
  requests: readonly RequestShown[],
  { left, today, timeZone }: When & { left: number },
): Element {
  const right = (title: string) => ({ title, align: 'right' as const });
  return {
    kind: 'table',
    columns: [
      right('ID'),
      { title: 'Budget' },
      right('Now'),
      right('Asked for'),
      { title: 'By' },
      { title: 'Why' },
      { title: 'State' },
    ],
    rows: requests.map((request) => [
      String(request.id),
      titleOf(request),
      request.now ? budgetAmount(request.now.amountMicros, request.now) : 'none',
      budgetAmount(request.amountMicros, request),
      request.by,
      request.reason ?? '',
      stateWords(request, { today, timeZone }),
    ]),
    ...(left > 0 && { more: `and ${countOf(left, 'older request')}` }),
  };
}

function stateWords(
  { status, decider, decidedAt, expiresAt }: RequestShown,
  { today, timeZone }: When,
): string {
  if (status === 'open') return `open until ${formatMoment(expiresAt, timeZone, today)}`;
  const by = decider && status !== 'withdrawn' ? ` by ${decider}` : '';
  return `${status}${by}${decidedAt ? `, ${formatMoment(decidedAt, timeZone, today)}` : ''}`;
}
