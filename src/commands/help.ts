/** What can be asked, derived from the commands themselves. */
import { PERIOD_WORDS } from '../core/period.ts';
import { composeHelp } from '../view/messages/help.ts';
import type { Command } from './types.ts';

export function createHelp(list: () => readonly Command[]): Command {
  return {
    name: 'help',
    summary: 'What can be asked',
    usage: '',
    examples: ['help'],
    async run() {
      const commands = list();
      return {
        view: composeHelp(commands, PERIOD_WORDS),
        data: {
          question: 'help',
          rows: commands.map(({ name, summary, usage, examples }) => ({
            key: name,
            summary,
            usage,
            examples,
          })),
          warnings: [],
        },
      };
    },
  };
}
