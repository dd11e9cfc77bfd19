/** Budgets that are asked for: the question to the approvers, what became of it, and the list. */
import type { BudgetMetric, BudgetPeriod } from '../../core/budget.ts';
import type { Day } from '../../core/day.ts';
import { parseScope } from '../../core/scope.ts';
import { bold, code, type Element, type Span, text, type View } from '../elements.ts';
import { countOf } from '../format.ts';
import { historyButton } from './budget-changes.ts';
import { decisionButtons, requestButton } from './budget-request-buttons.ts';
import type { BudgetShown } from './budget-types.ts';
import { budgetAmount, budgetWords, dayWords, forecastWords, usedShare } from './budget-words.ts';
import { formatMoment, scopeHeading, scopeTitle, scopeWord } from './scope-words.ts';

interface AmountShown {
  readonly amountMicros: bigint;
  readonly currency: string;
  readonly metric?: BudgetMetric;
}

export interface RequestShown extends AmountShown {
  readonly id: number;
  readonly scope: string;
  readonly period: BudgetPeriod;
  readonly startDay?: string;
  readonly endDay?: string;
  readonly reason?: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly status: 'open' | 'approved' | 'declined' | 'withdrawn' | 'expired';
  readonly decidedAt?: Date;
  readonly note?: string;
  /** Who asked and who decided, by name. */
  readonly by: string;
  readonly decider?: string;
  /** The budget as it is now; absent when there is none. */
  readonly now?: AmountShown;
}

/** Somebody who may decide; with an id on the platform the message goes to, they are mentioned. */
export interface ApproverShown {
  readonly name: string;
  readonly platformId?: string;
}

interface When {
  readonly today: Day;
  readonly timeZone: string;
}

/** More people than this are not called for one decision. */
const CALLED = 5;
const SHOWN = 25;

/** The question to the approvers: what, whose, why, how it stands, and two buttons. */
export function composeBudgetRequest(
  request: RequestShown,
  input: When & { readonly approvers: readonly ApproverShown[]; readonly budget?: BudgetShown },
): View {
  const { today, timeZone, approvers, budget } = input;
  const forecast = budget && forecastWords(budget, today);
  return {
    elements: [
      { kind: 'heading', text: `${request.by} asks for ${changeWords(request, today)}` },
      {
        kind: 'text',
        spans: [
          ...calledWords(approvers),
          ...(request.reason
            ? [bold('Why: '), text(`${sentence(request.reason)} `)]
            : [text('No reason was given. ')]),
          ...(budget?.use.spent !== undefined && budget.use.spent !== null
            ? [text(`So far ${budgetAmount(budget.use.spent, budget)} is used (${usedShare(budget)}). `)]
            : []),
          ...(forecast ? [text(forecast)] : []),
        ],
      },
      { kind: 'actions', buttons: [...decisionButtons(request.id), showButton(request)] },
      {
        kind: 'context',
        spans: [
          text(
            `Request ${request.id} · expires ${formatMoment(request.expiresAt, timeZone, today)} · whoever asked can't decide`,
          ),
        ],
      },
    ],
  };
}

function calledWords(approvers: readonly ApproverShown[]): Span[] {
  const called = approvers.slice(0, CALLED);
  if (called.length === 0)
    return [text('Nobody can approve it yet: name admins or budgetAlerts.approvers in pennywatch.yaml. ')];
  const more = approvers.length - called.length;
  return [
    ...called.flatMap(({ name, platformId }, index): Span[] => [
      ...(index > 0 ? [text(', ')] : []),
      platformId ? { kind: 'mention', who: 'user', platformId, name: `@${name}` } : text(name),
    ]),
    text(`${more > 0 ? ` and ${more} more` : ''} can approve it. `),
  ];
}

/** For whoever asked, right after asking, with who can decide. */
export function composeRequested(
  request: RequestShown,
  approvers: readonly ApproverShown[],
  when: When,
): View {
  const names = approvers.map(({ name }) => name);
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(`Asked for ${changeWords(request, when.today)}.`),
          text(
            names.length > 0
              ? ` ${names.slice(0, CALLED).join(', ')}${names.length > CALLED ? ` and ${names.length - CALLED} more` : ''} can approve it until ${formatMoment(request.expiresAt, when.timeZone, when.today)}. You will be told.`
              : ' Nobody can approve it yet: name admins or budgetAlerts.approvers in pennywatch.yaml.',
          ),
        ],
      },
      {
        kind: 'actions',
        buttons: [
          showButton(request),
          { label: 'Withdraw', action: { do: 'command', text: `budget withdraw ${request.id}` } },
          { label: 'All requests', action: { do: 'command', text: 'budget requests' } },
        ],
      },
    ],
  };
}

/** What became of a request, for everybody who was asked and for whoever asked. */
export function composeRequestEnded(request: RequestShown): View {
  const { note, decider = 'Nobody', id, by } = request;
  const what = `${titleOf(request)} ${budgetAmount(request.amountMicros, request)}`;
  const ended = {
    open: `Request ${id} is open: ${what}.`,
    approved: `🟢 Approved by ${decider}: ${what}.`,
    declined: `🔴 Declined by ${decider}: ${what}.`,
    withdrawn: `⚪ Withdrawn by ${by}: ${what}.`,
    expired: `⚪ Expired: nobody decided about ${what} in time.`,
  }[request.status];
  return {
    elements: [
      {
        kind: 'text',
        spans: [
          bold(ended),
          ...(note ? [text(` ${sentence(note)}`)] : []),
          text(request.status === 'approved' ? '' : ' Nothing was changed.'),
        ],
      },
      {
        kind: 'actions',
        buttons: [
          showButton(request),
          ...(request.status === 'expired' || request.status === 'declined'
            ? [requestButton(parseScope(request.scope))]
            : []),
          historyButton(parseScope(request.scope)),
        ],
      },
      { kind: 'context', spans: [text(`Request ${id} of ${by}`)] },
    ],
  };
}

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

/** "a $20,000 monthly budget of bert (now $15,000)". */
function changeWords(request: RequestShown, today: Day): string {
  const { period, startDay, endDay } = request;
  const amount = `${budgetAmount(request.amountMicros, request)} ${budgetWords({ period })}`;
  const until = endDay ? ` – ${dayWords(endDay, today)}` : '';
  const days = startDay ? ` (${until ? '' : 'from '}${dayWords(startDay, today)}${until})` : '';
  const now = request.now ? budgetAmount(request.now.amountMicros, request.now) : 'none';
  return `a ${amount}${days} of ${scopeTitle(parseScope(request.scope))} (now ${now})`;
}

/** What somebody wrote, ended like a sentence. */
function sentence(said: string): string {
  return /[.!?…]$/.test(said) ? said : `${said}.`;
}

function titleOf(request: RequestShown): string {
  return `${scopeHeading(parseScope(request.scope))}, ${budgetWords(request)}`;
}

function showButton({ scope }: RequestShown) {
  return {
    label: 'Show budget',
    action: { do: 'command' as const, text: `budget ${scopeWord(parseScope(scope))}` },
  };
}
