/** Messages that are pinned for the next weekly report: lists them, takes them off. */
import { AppError } from '../core/errors.ts';
import { readPins, unpin } from '../flows/pins.ts';
import { composePins, composeUnpinned } from '../view/messages/pinned.ts';
import { tokenise } from './tokens.ts';
import type { Command } from './types.ts';

export const pins: Command = {
  name: 'pins',
  task: 'informed',
  summary: "Messages pinned for your team's next weekly report",
  usage: '[remove NUMBER]',
  examples: ['pins'],
  async run(context, args) {
    const [verb, number, ...rest] = tokenise(args).map(({ text }) => text.toLowerCase());
    if (verb === undefined || verb === 'list') {
      const teams = await readPins(context, context.actor, context.conversation);
      const rows = teams.flatMap(({ team, pins: pinned }) =>
        pinned.map(({ id, excerpt, author, command, createdAt }) => ({
          key: id,
          team,
          excerpt,
          author: author ?? null,
          command: command ?? null,
          pinnedAt: createdAt.toISOString(),
        })),
      );
      return { view: composePins(teams), data: { question: 'pins', rows, warnings: [] } };
    }
    if (verb !== 'remove' || !/^\d{1,9}$/.test(number ?? '') || rest.length > 0)
      throw new AppError('INVALID', `I don't know "pins ${args.slice(0, 60)}".`, {
        hint: 'Write pins, or pins remove NUMBER. To pin, choose "Pin to weekly report" in a message\'s menu.',
      });
    const pin = await unpin(context, context.actor, Number(number));
    return {
      view: composeUnpinned(pin),
      data: { question: `pins remove ${number}`, removed: pin.id, team: pin.team, warnings: [] },
    };
  },
};
