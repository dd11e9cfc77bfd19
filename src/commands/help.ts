/** What can be asked, by what people come for; derived from the commands themselves. */
import type { Conversation } from '../core/conversation.ts';
import { AppError } from '../core/errors.ts';
import { PERIOD_WORDS } from '../core/period.ts';
import { closestNames } from '../flows/find-name.ts';
import { isDirect } from '../flows/report-place.ts';
import { composeCommandHelp, composeHelp, type HelpLine, type SeenBy } from '../view/messages/help.ts';
import { createOffer, type Offer } from './help/offers.ts';
import { type Command, type CommandResult, TASKS, type Task } from './types.ts';

const TITLES: Readonly<Record<Task, string>> = {
  cost: 'What did it cost',
  why: 'Why did it move, and next to what',
  whose: 'Whose is it',
  informed: 'Stay informed',
  change: 'Change things',
  act: 'Switch things off',
  trust: 'Trust the figures',
};

export function createHelp(list: () => readonly Command[]): Command {
  return {
    name: 'help',
    task: 'trust',
    summary: 'What can be asked; with a name, one command in full',
    usage: '[COMMAND]',
    examples: ['help', 'help budget'],
    offer: 'help',
    async run(context, args) {
      const commands = list();
      const offer = await createOffer(context, commands);
      const word = args
        .trim()
        .toLowerCase()
        .replace(/^\/?cost\s+/, '');
      return word ? one(commands, word, offer) : all(commands, offer, seenBy(context.conversation));
    },
  };
}

/** In Teams a message to the bot is answered where it was written: in a channel, for everybody. */
function seenBy(conversation: Conversation | undefined): SeenBy {
  if (conversation?.platform !== 'teams') return 'reader';
  return isDirect(conversation) ? 'reader-here' : 'all';
}

function all(commands: readonly Command[], offer: Offer, seen: SeenBy): CommandResult {
  const lines = commands.filter(({ name }) => name !== 'help');
  const tasks = TASKS.map((task) => ({
    title: TITLES[task],
    commands: lines
      .filter((command) => (command.task ?? 'cost') === task)
      .map((command) => line(command, offer)),
  })).filter((task) => task.commands.length > 0);
  return {
    view: composeHelp(tasks, PERIOD_WORDS, seen),
    data: {
      question: 'help',
      rows: commands.map((command) => ({ task: command.task ?? 'cost', ...lineJson(command, offer) })),
      warnings: [],
    },
  };
}

function one(commands: readonly Command[], word: string, offer: Offer): CommandResult {
  const command = commands.find(({ name }) => name === word);
  if (!command) {
    const close = closestNames(
      word,
      commands.map(({ name }) => name),
      3,
    );
    throw new AppError('NOT_FOUND', `There is no command "${word.slice(0, 60)}".`, {
      hint: close.length > 0 ? `Did you mean ${close.join(' or ')}?` : 'See them all: help.',
    });
  }
  const notes = command.usage.includes('TIME')
    ? [`TIME is one of ${PERIOD_WORDS}. Without one: the last 30 complete days.`]
    : [];
  return {
    view: composeCommandHelp(line(command, offer), notes),
    data: { question: `help ${word}`, rows: [lineJson(command, offer)], warnings: [] },
  };
}

function line(command: Command, offer: Offer): HelpLine {
  const { name, summary, usage, examples } = command;
  const real = offer(command);
  // Names of this organisation say more than names of another one.
  const shown = command.offer?.includes('{') ? real : (examples[0] ?? name);
  return { name, summary, usage, examples, shown, offer: real };
}

function lineJson(command: Command, offer: Offer): Record<string, unknown> {
  const { name, shown: _, ...rest } = line(command, offer);
  return { key: name, ...rest };
}
