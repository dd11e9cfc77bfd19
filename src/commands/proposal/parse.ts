/** The words of `proposal NUMBER VERB …`. */
import { AppError } from '../../core/errors.ts';
import type { Token } from '../tokens.ts';

export interface ProposalWords {
  readonly id: number;
  readonly verb: 'show' | 'request' | 'approve' | 'decline' | 'withdraw' | 'undo';
  readonly items?: readonly number[];
  readonly reason?: string;
}

const VERBS: Readonly<Record<string, ProposalWords['verb']>> = {
  show: 'show',
  request: 'request',
  ask: 'request',
  send: 'request',
  approve: 'approve',
  approved: 'approve',
  yes: 'approve',
  decline: 'decline',
  reject: 'decline',
  no: 'decline',
  withdraw: 'withdraw',
  cancel: 'withdraw',
  undo: 'undo',
};
/** A reason is read on a phone. */
const LONGEST_REASON = 300;

/** Undefined without a number. Throws INVALID in words. */
export function parseProposal(tokens: readonly Token[]): ProposalWords | undefined {
  const [number, verb, ...rest] = tokens;
  if (!number) return undefined;
  const digits = /^(?:#|prp-)?(\d{1,9})$/i.exec(number.text)?.[1];
  if (digits === undefined || Number(digits) === 0)
    throw new AppError('INVALID', `"${number.text.slice(0, 40)}" is no number of a proposal.`, {
      hint: 'Write its number: proposal 4. See them: actions.',
    });
  const id = Number(digits);
  if (!verb) return { id, verb: 'show' };
  const known = VERBS[verb.text.toLowerCase()];
  if (!known || verb.quoted)
    throw new AppError('INVALID', `I don't understand "${verb.text.slice(0, 40)}".`, {
      hint: `Write proposal ${id} request, approve, decline, withdraw or undo.`,
    });
  const first = rest[0];
  const listed = known === 'request' && first && !first.quoted && /^\d[\d,]*$/.test(first.text);
  const items = listed ? first.text.split(',').filter(Boolean).map(Number) : undefined;
  const reason = (listed ? rest.slice(1) : rest)
    .map(({ text }) => text)
    .join(' ')
    .slice(0, LONGEST_REASON);
  return { id, verb: known, ...(items && { items }), ...(reason && { reason }) };
}
