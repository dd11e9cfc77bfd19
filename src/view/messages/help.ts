/** Help as a message: every command with what it tells, and examples as buttons. */
import { type Button, bold, code, type Element, text, type View } from '../elements.ts';

export interface HelpLine {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly examples: readonly string[];
}

export function composeHelp(commands: readonly HelpLine[], periodWords: string): View {
  const words = (title: string, rest: string): Element => ({
    kind: 'text',
    spans: [bold(title), text(rest)],
  });
  return {
    elements: [
      { kind: 'heading', text: 'Ask what AI workloads cost' },
      {
        kind: 'list',
        items: commands.map(({ name, summary, examples }) => [
          code(`/cost ${examples[0] ?? name}`),
          text(`  ${summary}.`),
        ]),
      },
      { kind: 'text', spans: [text('After a name you may write, in any order:')] },
      words('a time: ', `${periodWords}. Without one: the last 30 complete days.`),
      words(
        'by … ',
        'service, stage, region, resource, version, environment, account, team, model, provider, feature or category.',
      ),
      words('in … ', 'a currency, for example in EUR.'),
      words(
        '--basis … ',
        'effective (the default: discounts and commitments spread), billed, list or contracted.',
      ),
      { kind: 'actions', buttons: commands.flatMap(tryButton) },
      { kind: 'context', spans: [text('Answers are only visible to you until you share them.')] },
    ],
  };
}

/** A button that works in every organisation: commands that need a name are asked about all. */
function tryButton({ name, usage }: HelpLine): Button[] {
  if (name === 'help') return [];
  const command = usage.startsWith('NAME|all') ? `${name} all` : name;
  return [{ label: command, action: { do: 'command', text: command } }];
}
