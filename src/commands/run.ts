/** Runs a command text such as "model bert 30d". */
import { AppError } from '../core/errors.ts';
import { closestNames } from '../flows/find-name.ts';
import { composeUnknownCommand } from '../view/messages/unknown-command.ts';
import { commands } from './registry.ts';
import { tokenise } from './tokens.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

/** What came of a command text; `known` is false when no command has that name. */
export type CommandRun = CommandResult & { readonly known: boolean };

/** The command and its arguments; undefined for an unknown first word. Throws INVALID for an overlong text. */
export function findCommand(commandText: string): {
  command: Command | undefined;
  word: string;
  args: string;
} {
  const text = commandText.trim().replace(/^\/?cost\s+/i, '');
  const [first] = tokenise(text);
  const word = first?.text ?? 'help';
  const command = commands.find(({ name }) => name === word.toLowerCase());
  // "ANM-12 false-alarm": its number says what is meant.
  if (!command && /^anm-?\d+$/i.test(word))
    return { command: commands.find(({ name }) => name === 'anomaly'), word, args: text };
  return { command, word, args: text.slice(text.indexOf(word) + word.length).trim() };
}

/** Runs it. Throws AppError for what the person must write differently; an unknown command is an answer with offers. */
export async function runCommand(context: CommandContext, commandText: string): Promise<CommandRun> {
  const { command, word, args } = findCommand(commandText);
  // "budget help" is asked as often as "help budget".
  const help = /^(?:help|--help|-h|\?)$/i.test(args) && commands.find(({ name }) => name === 'help');
  if (command && help) return { ...(await help.run(context, command.name)), known: true };
  if (command) return { ...(await command.run(context, args)), known: true };
  const close = closestNames(
    word,
    commands.map(({ name }) => name),
    3,
  );
  return {
    known: false,
    view: composeUnknownCommand({ word, args, close }),
    data: {
      error: { code: 'NOT_FOUND', message: `There is no command "${word.slice(0, 200)}".` },
      kind: 'command',
      name: word.slice(0, 200),
      closest: close,
    },
  };
}

/** The message for a person whose command could not be answered. */
export function isUserMistake(error: unknown): error is AppError {
  return error instanceof AppError && error.code !== 'INTERNAL';
}
