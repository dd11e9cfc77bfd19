/** Budgets that are asked for: the question to the approvers, and what became of it. */
import { parseScope } from '../../core/scope.ts';
import { type Button, bold, type Element, type Span, text, type View } from '../elements.ts';
import { historyButton } from './budget-changes.ts';
import { decisionButtons, requestButton } from './budget-request-buttons.ts';
import type { AboveShown, ApproverShown, RequestShown, When } from './budget-request-types.ts';
import { aboveWords, changeWords, sentence, showButton, titleOf } from './budget-request-words.ts';
import type { BudgetShown } from './budget-types.ts';
import { budgetAmount, forecastWords, usedShare } from './budget-words.ts';
import { formatMoment } from './scope-words.ts';

export type { AboveShown, ApproverShown, RequestShown };

/** More people than this are not called for one decision. */
const CALLED = 5;

export interface AskedBudget extends When {
  readonly approvers: readonly ApproverShown[];
  readonly budget?: BudgetShown;
  readonly above?: AboveShown;
}

/** What its reader may do with a request that waits. */
export interface RequestRights {
  readonly decide: boolean;
  readonly withdraw: boolean;
}

/**
 * The question to the approvers: what, whose, why, how it stands, and two buttons. Where people see messages of their
 * own, approvers see the request with its decision in it; the others ask for it.
 */
export function composeBudgetRequest(request: RequestShown, input: AskedBudget): View {
  const { id } = request;
  const buttons = [...decisionButtons(id), showButton(request)];
  return {
    elements: question(request, input, { kind: 'actions', deciders: true, buttons }),
    mine: {
      button: { label: 'Details', action: { do: 'command', text: `budget requests ${id}` } },
      people: input.approvers.flatMap(({ ids = {} }) => (Object.keys(ids).length > 0 ? [ids] : [])),
    },
  };
}

/** One request for whoever looks at it, with what they may do; nobody is called. */
export function composeRequestDetail(request: RequestShown, input: AskedBudget, rights: RequestRights): View {
  if (request.status !== 'open') return composeRequestEnded(request);
  const approvers = input.approvers.map(({ name }) => ({ name }));
  const buttons = [
    ...(rights.decide ? decisionButtons(request.id) : []),
    ...(rights.withdraw ? [withdrawButton(request)] : []),
    showButton(request),
  ];
  return { elements: question(request, { ...input, approvers }, { kind: 'actions', buttons }) };
}

function question(request: RequestShown, input: AskedBudget, actions: Element): Element[] {
  const { today, timeZone, approvers, budget, above } = input;
  const forecast = budget && forecastWords(budget, today);
  return [
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
        ...(forecast ? [text(`${forecast} `)] : []),
        ...(above ? [text(aboveWords(above))] : []),
      ],
    },
    actions,
    {
      kind: 'context',
      spans: [
        text(
          `Request ${request.id} · expires ${formatMoment(request.expiresAt, timeZone, today)} · whoever asked can't decide`,
        ),
      ],
    },
  ];
}

function withdrawButton({ id }: RequestShown): Button {
  return { label: 'Withdraw', action: { do: 'command', text: `budget withdraw ${id}` } };
}

function calledWords(approvers: readonly ApproverShown[]): Span[] {
  const called = approvers.slice(0, CALLED);
  if (called.length === 0)
    return [text('Nobody can approve it yet: name admins or budgetAlerts.approvers in pennywatch.yaml. ')];
  const more = approvers.length - called.length;
  return [
    ...called.flatMap(({ name, ids = {} }, index): Span[] => [
      ...(index > 0 ? [text(index === called.length - 1 && more === 0 ? ' or ' : ', ')] : []),
      Object.keys(ids).length > 0 ? { kind: 'mention', who: 'user', ids, name: `@${name}` } : text(name),
    ]),
    text(`${more > 0 ? ` or ${more} more` : ''} can approve it. `),
  ];
}

/** "Mira or Jon", "Mira, Jon or 3 more": one of them is enough. */
function anyOf(names: readonly string[]): string {
  const called = names.slice(0, CALLED);
  const more = names.length - called.length;
  const all = more > 0 ? [...called, `${more} more`] : called;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
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
              ? ` ${anyOf(names)} can approve it until ${formatMoment(request.expiresAt, when.timeZone, when.today)}. You will be told.`
              : ' Nobody can approve it yet: name admins or budgetAlerts.approvers in pennywatch.yaml.',
          ),
        ],
      },
      {
        kind: 'actions',
        buttons: [
          showButton(request),
          withdrawButton(request),
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
