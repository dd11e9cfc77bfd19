/** The words of `stop WHAT [--env ENVIRONMENT] [--action ID]`. */
import { AppError } from '../../core/errors.ts';
import type { ProposalTarget } from '../../flows/proposals/candidates.ts';
import type { DraftOptions } from '../../flows/proposals/draft.ts';
import { anomalyNumber } from '../anomaly/parse.ts';
import { findMeant } from '../thing.ts';
import type { Token } from '../tokens.ts';
import type { CommandContext } from '../types.ts';

const OPTION = /^(?:--|—|–)([a-z-]+)(?:=(.+))?$/i;

/** Throws INVALID in words for what is unclear. */
export async function parseStop(
  context: CommandContext,
  tokens: readonly Token[],
): Promise<[ProposalTarget, DraftOptions]> {
  const { words, options } = takeOptions(tokens);
  const { env, environment = env, action, ...parameters } = options;
  const wish = { ...(action && { action }), ...(Object.keys(parameters).length > 0 && { parameters }) };
  const [first, second] = words;
  const number = /^anomaly$/i.test(first?.text ?? '')
    ? anomalyNumber(second?.text)
    : /^anm-?\d+$/i.test(first?.text ?? '')
      ? anomalyNumber(first?.text)
      : undefined;
  if (number !== undefined) return [{ kind: 'anomaly', id: number }, wish];
  const typed = words.map(({ text }) => text).join(' ');
  if (!typed)
    throw new AppError('INVALID', 'What is to be stopped?', {
      hint: 'Name it: stop model bert --env dev, or stop anomaly 12. You see what would happen first.',
    });
  const meant = await findMeant(context, typed, (scope) => `stop ${scope}`);
  if (!meant.scope) throw unclear(typed);
  return [
    { kind: 'scope', scope: meant.scope, ...(environment && { environment: environment.toLowerCase() }) },
    wish,
  ];
}

function unclear(typed: string): AppError {
  return new AppError('NOT_FOUND', `I don't know exactly what "${typed.slice(0, 80)}" is.`, {
    hint: 'Write it as team:NAME, model:NAME, model:NAME/training or environment:dev.',
  });
}

/** "--env dev", "--env=dev", and "in dev" at the end. */
function takeOptions(tokens: readonly Token[]): { words: Token[]; options: Record<string, string> } {
  const words: Token[] = [];
  const options: Record<string, string> = {};
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token) break;
    const [, name, value] = (token.quoted ? null : OPTION.exec(token.text)) ?? [];
    if (!name) {
      words.push(token);
      continue;
    }
    const next = value ?? tokens[index + 1]?.text;
    if (next === undefined)
      throw new AppError('INVALID', `--${name} without a value.`, { hint: `Write --${name} VALUE.` });
    options[name.toLowerCase()] = next;
    if (value === undefined) index += 1;
  }
  return { words, options };
}
