/** Asks for budgets, decides about them, takes them back and lists them. */
import { dayInZone } from '../../core/day.ts';
import { decideBudgetRequest } from '../../flows/budget-requests/decide.ts';
import { lookAtRequest } from '../../flows/budget-requests/look.ts';
import { listRequests, requestBudget, withdrawBudgetRequest } from '../../flows/budget-requests.ts';
import { composeRequests } from '../../view/messages/budget-request-list.ts';
import {
  composeRequestDetail,
  composeRequestEnded,
  composeRequested,
} from '../../view/messages/budget-requests.ts';
import type { Token } from '../tokens.ts';
import type { CommandContext, CommandResult } from '../types.ts';
import { amountJson, requestJson } from './json.ts';
import { parseBudget, splitReason, termsText } from './parse.ts';
import { meantForBudget, requestNumber } from './words.ts';

/** A reason is read on a phone. */
const LONGEST_REASON = 300;

export async function request(
  context: CommandContext,
  args: string,
  tokens: readonly Token[],
): Promise<CommandResult> {
  const { actor } = context;
  const when = whenOf(context);
  const split = splitReason(tokens);
  const reason = split.reason.slice(0, LONGEST_REASON);
  const { thing, terms } = parseBudget(split.terms, {
    currency: context.settings.currency,
    ...when,
    verb: 'request',
  });
  const meant = await meantForBudget(context, thing, (scope) =>
    `budget request ${scope} ${termsText(terms)} ${reason}`.trim(),
  );
  if (!meant.scope) return meant.asked;
  const wanted = { scope: meant.scope, ...terms, ...(reason && { reason }) };
  const { request: made, approvers } = await requestBudget(context, actor, wanted);
  return {
    view: composeRequested(made, approvers, when),
    data: {
      question: `budget ${args}`,
      request: requestJson(made),
      approvers: approvers.map(({ name }) => name),
      warnings: [],
    },
  };
}

export async function requests(
  context: CommandContext,
  args: string,
  tokens: readonly Token[],
): Promise<CommandResult> {
  const [first] = tokens;
  if (first && /^#?\d/.test(first.text)) return lookAt(context, args, requestNumber(first, 'requests'));
  const all = tokens.some(({ text }) => text.toLowerCase() === 'all');
  const found = await listRequests(context, { all });
  return {
    view: composeRequests({ requests: found, all, ...whenOf(context) }),
    data: { question: `budget ${args}`, rows: found.map(requestJson), warnings: [] },
  };
}

async function lookAt(context: CommandContext, args: string, id: number): Promise<CommandResult> {
  const { request: found, rights, ...asked } = await lookAtRequest(context, context.actor, id);
  return {
    view: composeRequestDetail(found, { ...asked, ...whenOf(context) }, rights),
    data: { question: `budget ${args}`, request: requestJson(found), warnings: [] },
  };
}

export async function decide(
  context: CommandContext,
  args: string,
  [number, ...words]: readonly Token[],
  verdict: 'approve' | 'decline',
): Promise<CommandResult> {
  const note = words
    .map(({ text }) => text)
    .join(' ')
    .slice(0, LONGEST_REASON);
  const decision = { id: requestNumber(number, verdict), verdict, ...(note && { note }) };
  const { request: decided, change } = await decideBudgetRequest(context, context.actor, decision);
  return {
    view: composeRequestEnded(decided),
    data: {
      question: `budget ${args}`,
      request: requestJson(decided),
      before: amountJson(change.before),
      after: amountJson(change.after),
      warnings: [],
    },
  };
}

export async function withdraw(
  context: CommandContext,
  args: string,
  [number]: readonly Token[],
): Promise<CommandResult> {
  const ended = await withdrawBudgetRequest(context, context.actor, requestNumber(number, 'withdraw'));
  return {
    view: composeRequestEnded(ended),
    data: { question: `budget ${args}`, request: requestJson(ended), warnings: [] },
  };
}

function whenOf({ now, settings }: CommandContext): { today: string; timeZone: string } {
  return { today: dayInZone(now(), settings.timeZone), timeZone: settings.timeZone };
}
