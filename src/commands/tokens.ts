/** Splits a command into words; straight or curly quotes keep a name together. */
import { AppError } from '../core/errors.ts';

export interface Token {
  readonly text: string;
  /** Quoted words are names, whatever they look like. */
  readonly quoted: boolean;
}

/** Longer commands are refused: nothing anybody means is this long. */
export const MAX_COMMAND = 500;

export function tokenise(text: string): Token[] {
  if (text.length > MAX_COMMAND)
    throw new AppError('INVALID', `That command is ${text.length.toLocaleString('en-US')} characters long.`, {
      hint: `A command has at most ${MAX_COMMAND} characters. See what there is: help.`,
    });
  const tokens: Token[] = [];
  for (const match of text.matchAll(/["“”]([^"“”]*)["“”]|'([^']*)'(?=\s|$)|(\S+)/gu)) {
    const quoted = match[1] ?? match[2];
    if (quoted === undefined) tokens.push({ text: match[3] ?? '', quoted: false });
    else if (quoted.trim()) tokens.push({ text: quoted.trim(), quoted: true });
  }
  return tokens;
}
