/** Cost SLOs: what was promised, what is left of the error budget, and how fast it burns. */
import { AppError } from '../core/errors.ts';
import { findSloName, readSlos } from '../flows/slo-report.ts';
import { composeSlo, composeSlos } from '../view/messages/slos.ts';
import { sloJson } from './slo/json.ts';
import { tokenise } from './tokens.ts';
import type { Command, CommandContext, CommandResult } from './types.ts';

export const slo: Command = {
  name: 'slo',
  task: 'why',
  summary: 'Cost SLOs: unit costs that were promised, their error budget and how fast it burns',
  usage: '[NAME]',
  examples: ['slo', 'slo bert-inference'],
  offer: 'slo',
  async run(context, args) {
    const typed = tokenise(args)
      .map(({ text }) => text)
      .join(' ');
    return typed === '' ? all(context) : one(context, typed);
  },
};

async function all(context: CommandContext): Promise<CommandResult> {
  const { slos } = await readSlos(context);
  return { view: composeSlos(slos), data: { question: 'slo', rows: slos.map(sloJson) } };
}

async function one(context: CommandContext, typed: string): Promise<CommandResult> {
  const { name, close } = findSloName(context, typed);
  if (name === undefined) throw unknown(typed, close);
  const { today, slos } = await readSlos(context, [name]);
  const [line] = slos;
  if (!line) throw unknown(typed, []);
  return { view: composeSlo({ ...line, today }), data: { question: `slo ${name}`, ...sloJson(line) } };
}

function unknown(typed: string, close: readonly string[]): AppError {
  const hint =
    close.length === 0
      ? 'There is none in pennywatch.yaml; write one under slos:.'
      : `There ${close.length === 1 ? 'is' : 'are'} ${close.join(', ')}.`;
  return new AppError('NOT_FOUND', `There is no cost SLO called "${typed.slice(0, 100)}".`, { hint });
}
