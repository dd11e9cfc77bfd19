/** The words of `stop WHAT [--env ENVIRONMENT] [--action ID]`. */
import { AppError } from '../../core/errors.ts';
import { quoteName } from '../../core/question.ts';
import { dearestNames } from '../../flows/dearest-names.ts';
import { isResourceId } from '../../flows/proposals/by-id.ts';
import type { ProposalTarget } from '../../flows/proposals/candidates.ts';
import type { DraftOptions } from '../../flows/proposals/draft.ts';
import { anomalyNumber } from '../anomaly/parse.ts';
import { askBack, findMeant } from '../thing.ts';
import type { Token } from '../tokens.ts';
import type { CommandContext, CommandResult } from '../types.ts';

const OPTION = /^(?:--|—|–)([a-z-]+)(?:=(.+))?$/i;

/** What is to be stopped and how, or a question back where that is not clear. */
export type StopWords =
  | { readonly target: ProposalTarget; readonly options: DraftOptions; readonly asked?: undefined }
  | { readonly asked: CommandResult };

/** Offered where nothing was named. */
const OFFERED = 5;

/** Throws INVALID in words for an option without a value. */
export async function parseStop(context: CommandContext, tokens: readonly Token[]): Promise<StopWords> {
  const { words, options } = takeOptions(tokens);
  const { env, environment = env, action, ...parameters } = options;
  const wish = { ...(action && { action }), ...(Object.keys(parameters).length > 0 && { parameters }) };
  const [first, second] = words;
  const number = /^anomaly$/i.test(first?.text ?? '')
    ? anomalyNumber(second?.text)
    : /^anm-?\d+$/i.test(first?.text ?? '')
      ? anomalyNumber(first?.text)
      : undefined;
  if (number !== undefined) {
    // To leave it out silently would offer what somebody believes to be excluded.
    if (environment !== undefined)
      throw new AppError(
        'INVALID',
        `What anomaly ${number} is about cannot be narrowed to ${environment.slice(0, 40)}.`,
        {
          hint: `Write stop anomaly ${number} and choose among what it lists.`,
        },
      );
    return { target: { kind: 'anomaly', id: number }, options: wish };
  }
  const typed = words.map(({ text }) => text).join(' ');
  const flags = Object.entries(options).map(([name, value]) => ` --${name} ${quoteName(value)}`);
  const again = (scope: string) => `stop ${scope}${flags.join('')}`;
  if (!typed) return { asked: await askWhat(context, again) };
  if (isResourceId(typed, context.settings))
    return { target: { kind: 'resource', id: typed }, options: wish };
  const meant = await findMeant(context, typed, again);
  if (!meant.scope) return meant;
  return {
    target: {
      kind: 'scope',
      scope: meant.scope,
      ...(environment && { environment: environment.toLowerCase() }),
    },
    options: wish,
  };
}

/** The same for a dialog, which cannot ask back: throws INVALID where it is not clear. */
export async function demandStop(
  context: CommandContext,
  tokens: readonly Token[],
): Promise<[ProposalTarget, DraftOptions]> {
  const words = await parseStop(context, tokens);
  if (!words.asked) return [words.target, words.options];
  throw new AppError('NOT_FOUND', 'It is not clear what is to be stopped.', {
    hint: 'Write it as team:NAME, model:NAME, model:NAME/training or environment:dev.',
  });
}

async function askWhat(context: CommandContext, again: (scope: string) => string): Promise<CommandResult> {
  const models = await dearestNames(context, 'model', OFFERED);
  const question = 'What is to be stopped? Nothing is: you see what runs and what would happen first.';
  const offers = models.map((name) => `model:${name}`);
  return askBack('', { several: true, offers, question }, again);
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
