/** Answers a plain sentence: what it was understood as is said, and what is unsure is asked back. */
import { runCommand } from './run.ts';
import type { CommandContext, CommandResult } from './types.ts';

/** The answer and the command it was understood as; no command when the sentence is asked back. */
export type SentenceAnswer = CommandResult & { readonly command?: string };

export async function answerSentence(context: CommandContext, sentence: string): Promise<SentenceAnswer> {
  return { ...(await runCommand(context, sentence)), command: sentence };
}
