/** Answers a plain sentence: what it was understood as is said, and what is unsure is asked back. */
import { dayInZone } from '../core/day.ts';
import { AppError } from '../core/errors.ts';
import { knownNames } from '../flows/known-names.ts';
import { findStanding } from '../flows/standing.ts';
import { composeAskedBack } from '../view/messages/asked-back.ts';
import { withUnderstood } from '../view/messages/understood.ts';
import { demandReading } from './reading.ts';
import { findCommand, isUserMistake, runCommand } from './run.ts';
import { indexNames, indexSpellings } from './sentence/names.ts';
import type { Knowledge } from './sentence/parts.ts';
import { type Understood, understand } from './sentence/understand.ts';
import { splitWords } from './sentence/words.ts';
import { MAX_COMMAND } from './tokens.ts';
import type { CommandContext, CommandResult } from './types.ts';

/** The answer and the command it was understood as; no command when the sentence is asked back. */
export type SentenceAnswer = CommandResult & { readonly command?: string };

/**
 * Throws AppError for a sentence that is too long, and for what a command refuses in words. Where the words are not
 * the asker's own they `mayChange` nothing.
 */
export async function answerSentence(
  context: CommandContext,
  sentence: string,
  { mayChange = true }: { mayChange?: boolean } = {},
): Promise<SentenceAnswer> {
  const asked = sentence.replace(/^\s*(?:<@[\w-]+(?:\|[^>]*)?>|@?pennywatch\b)[\s,:]*/i, '').trim();
  if (asked.length > MAX_COMMAND)
    throw new AppError('INVALID', `That is ${asked.length.toLocaleString('en-US')} characters long.`, {
      hint: `I understand sentences of at most ${MAX_COMMAND} characters, for example: how much did we spend last week?`,
    });
  const plain = await tryCommand(context, asked, mayChange);
  if (plain && 'answer' in plain) return plain.answer;
  const understood = understand(splitWords(asked), await readKnowledge(context));
  if (understood.kind === 'command') {
    if (!mayChange) demandReading(understood.text);
    return answerCommand(context, asked, understood);
  }
  if (plain && 'refused' in plain && understood.unknown.length > 0) throw plain.refused;
  // Who writes a command wants its answer: which name is not known, and what it may be.
  return plain && 'unknown' in plain && isCommand(asked) ? plain.unknown : askBack(asked, understood);
}

const COST = /^\/?cost\s+/i;

/** "cost …", as it is written where there are no slash commands. */
function isCommand(sentence: string): boolean {
  return COST.test(sentence);
}

type Tried =
  | { readonly answer: SentenceAnswer }
  /** Its answer is that something in it is not known. */
  | { readonly unknown: SentenceAnswer }
  | { readonly refused: AppError };

/** The sentence as a command text, when it begins like one and is one. */
async function tryCommand(
  context: CommandContext,
  sentence: string,
  mayChange: boolean,
): Promise<Tried | undefined> {
  const text = sentence
    .replace(COST, '')
    .replace(/[\s?!.]+$/, '')
    .replace(
      /^(?:what is|what's|what about|what happened (?:in|with|to)|show(?: me)?|explain|tell me about)\s+(?=anm-?\d+$)/i,
      '',
    );
  const { command, args } = findCommand(text);
  // A command without arguments takes none of the words after it.
  if (!text || !command || (command.usage === '' && args)) return undefined;
  // "Why did bert jump" begins like a command and is a question.
  if (/^why (?:did|does|do|is|are|was|were|has|have)\b/i.test(text)) return undefined;
  if (!mayChange) demandReading(text);
  try {
    const result = await runCommand(context, text);
    return 'error' in result.data ? { unknown: result } : { answer: { ...result, command: text } };
  } catch (error) {
    if (isUserMistake(error)) return { refused: error };
    throw error;
  }
}

async function answerCommand(
  context: CommandContext,
  sentence: string,
  { text, question }: Extract<Understood, { kind: 'command' }>,
): Promise<SentenceAnswer> {
  const result = await runCommand(context, text);
  const data = { ...result.data, sentence };
  if ('error' in data) return { view: result.view, data };
  // The command is read again on its way: a name that it takes for something else must not get an answer.
  if (question && result.data.understood !== text)
    return askBack(sentence, {
      kind: 'asked',
      why: 'I understand this, but cannot say it as a command: the name reads as something else.',
      offers: [],
      unknown: [],
    });
  return { view: withUnderstood(result.view, text), data, command: text };
}

function askBack(
  sentence: string,
  { why, offers, unknown }: Extract<Understood, { kind: 'asked' }>,
): SentenceAnswer {
  return {
    view: composeAskedBack({ why, offers }),
    data: { sentence, error: { code: 'INVALID', message: why }, unknown, offers },
  };
}

/** Days are the ones of the organisation's zone, as in every command. */
async function readKnowledge(context: CommandContext): Promise<Knowledge> {
  const { settings } = context;
  const names = await knownNames(context);
  const who = await findStanding(context, context.actor);
  return {
    names: indexNames(names),
    spellings: indexSpellings(names),
    calendar: { today: dayInZone(context.now(), settings.timeZone), weekStart: settings.weekStart },
    currencies: [...new Set([settings.currency, ...settings.fx.flatMap(({ from, to }) => [from, to])])],
    ownTeams: who.kind === 'person' ? who.teams : [],
  };
}
