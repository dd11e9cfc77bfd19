/** `anomaly NUMBER assign WHO`, `ticket` and `more`: what is no decision about it. */
import { AppError } from '../../core/errors.ts';
import { oneAnomaly } from '../../flows/anomalies/decidable.ts';
import { reassignAnomaly } from '../../flows/anomalies/reassign.ts';
import { askForTicket } from '../../flows/anomaly-thread/tickets.ts';
import {
  composeAnomalyMore,
  composeAnomalyReassigned,
  composeAnomalyTicket,
} from '../../view/messages/anomaly-acted.ts';
import type { Token } from '../tokens.ts';
import type { CommandContext, CommandResult } from '../types.ts';
import { anomalyJson } from './json.ts';

export type HandOver =
  | { readonly kind: 'assign'; readonly typed: string; readonly reason?: string }
  | { readonly kind: 'ticket' | 'more' };

const LONGEST_REASON = 300;

/** Undefined for other words. Throws INVALID when nobody is named. */
export function parseHandOver(tokens: readonly Token[]): HandOver | undefined {
  const [verb, ...rest] = tokens;
  switch (verb?.quoted ? '' : verb?.text.toLowerCase()) {
    case 'assign':
    case 'reassign':
    case 'give':
      return parseAssign(rest);
    case 'ticket':
      return { kind: 'ticket' };
    case 'more':
      return { kind: 'more' };
    default:
      return undefined;
  }
}

/** "to" may stand before the name; what is quoted or comes after an unquoted name is the reason. */
function parseAssign(words: readonly Token[]): HandOver {
  const [who, ...rest] = words[0] && !words[0].quoted && /^to$/i.test(words[0].text) ? words.slice(1) : words;
  if (!who)
    throw new AppError('INVALID', 'Who shall have it?', {
      hint: 'Write a member\'s e-mail, @name, "me", or a user group: anomaly 12 assign @mira "she runs the job".',
    });
  const reason = rest
    .map(({ text }) => text)
    .join(' ')
    .slice(0, LONGEST_REASON);
  return { kind: 'assign', typed: who.text, ...(reason && { reason }) };
}

export async function runHandOver(
  context: CommandContext,
  id: number,
  handOver: HandOver,
): Promise<CommandResult> {
  const { actor, settings } = context;
  switch (handOver.kind) {
    case 'assign': {
      const done = await reassignAnomaly(context, actor, id, handOver);
      return { view: composeAnomalyReassigned({ id, ...done }), data: { id, ...done } };
    }
    case 'ticket': {
      const answer = await askForTicket(context, actor, id);
      return { view: composeAnomalyTicket({ id, ...answer }), data: { id, ...answer } };
    }
    case 'more': {
      const { shown, stored, today } = await oneAnomaly(context, id);
      const ticket = settings.integrations.tickets !== undefined && stored.ticket === undefined;
      const view = composeAnomalyMore({ anomaly: shown, today, timeZone: settings.timeZone, ticket });
      return { view, data: anomalyJson(shown) };
    }
  }
}
