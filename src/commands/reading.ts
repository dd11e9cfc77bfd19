/** Which command texts only read: all that may be run on words that are not the asker's own. */
import { AppError } from '../core/errors.ts';
import { findCommand } from './run.ts';
import { tokenise } from './tokens.ts';

const READING = [
  'model',
  'team',
  'service',
  'feature',
  'top',
  'compare',
  'why',
  'anomalies',
  'backtest',
  'slo',
  'forecast',
  'coverage',
  'sources',
  'help',
  'report',
];
/** Commands that read unless they begin with one of these. */
const CHANGES = /^(?:set|claim|remove|delete|request|approve|decline|withdraw)$/i;

/** Throws INVALID for a command text that changes something, or is none. */
export function demandReading(text: string): void {
  if (onlyReads(text)) return;
  throw new AppError('INVALID', 'Only answers can be shared, and this changes something.', {
    hint: 'Type the command yourself if you want it.',
  });
}

export function onlyReads(text: string): boolean {
  const { command, args } = findCommand(text);
  if (!command) return false;
  if (command.name === 'owner' || command.name === 'budget')
    return !CHANGES.test(tokenise(args)[0]?.text ?? '');
  return READING.includes(command.name);
}
