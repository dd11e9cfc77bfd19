/** Help as a message: every command with what it tells, and examples as buttons. */
import { bold, code, text, type View } from '../elements.ts';

export interface HelpLine {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly examples: readonly string[];
}

export function composeHelp(commands: readonly HelpLine[], periodWords: string): View {
  const examples = commands
    .flatMap((command) => command.examples.slice(0, 1))
    .filter((example) => example !== 'help');
  return {
    elements: [
      { kind: 'heading', text: 'Ask what AI workloads cost' },
      {
        kind: 'list',
        items: commands.map(({ name, summary, usage }) => [
          code(`/cost ${name}${usage && ` ${usage}`}`),
          text(` ${summary}.`),
        ]),
      },
      {
        kind: 'text',
        spans: [bold('TIME '), text(`is one of ${periodWords}; without it, the last 30 complete days.`)],
      },
      {
        kind: 'text',
        spans: [
          bold('COLUMN '),
          text(
            'is service, stage, region, resource, version, environment, account, team, model, provider, feature or category.',
          ),
        ],
      },
      {
        kind: 'actions',
        buttons: examples.map((example) => ({ label: example, action: { do: 'command', text: example } })),
      },
      { kind: 'context', spans: [text('Answers are only visible to you until you share them.')] },
    ],
  };
}
