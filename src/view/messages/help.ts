/** Help as messages: what people come for, each with commands and a button that works; or one command in full. */
import { type Button, bold, code, type Element, type Span, text, type View } from '../elements.ts';

export interface HelpLine {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly examples: readonly string[];
  /** The example that stands for it in the list. */
  readonly shown: string;
  /** The command text of its button. */
  readonly offer: string;
}

export interface HelpTask {
  readonly title: string;
  readonly commands: readonly HelpLine[];
}

/** Who sees the answer to a command that is typed where the reader is. */
export type SeenBy = 'reader' | 'all' | 'reader-here';

const SEEN: Readonly<Record<SeenBy, string>> = {
  reader: 'Answers are only visible to you until you share them.',
  all: 'Everybody here sees what I answer to a message; what a button answers only you see. Write to me directly for answers that nobody else sees.',
  'reader-here': 'Here only you see my answers; in a channel everybody does.',
};

export function composeHelp(
  tasks: readonly HelpTask[],
  periodWords: string,
  seenBy: SeenBy = 'reader',
): View {
  return {
    elements: [
      { kind: 'heading', text: 'Ask what AI workloads cost' },
      ...tasks.flatMap(taskElements),
      { kind: 'divider' },
      wordsLine('After a name you may write, in any order: ', [
        text('a time ('),
        code(periodWords),
        text('), '),
        code('by service'),
        text(
          ' (stage, region, resource, version, environment, account, team, model, provider, feature, category), ',
        ),
        code('in EUR'),
        text(', '),
        code('--basis billed'),
        text(' (effective, list, contracted).'),
      ]),
      wordsLine('One command in full: ', [
        code('/cost help budget'),
        text('. Plain sentences work too: mention me, or write to me directly.'),
      ]),
      { kind: 'context', spans: [text(SEEN[seenBy])] },
    ],
  };
}

/** Everything about one command. */
export function composeCommandHelp(line: HelpLine, notes: readonly string[]): View {
  const { name, summary, usage, examples, offer } = line;
  return {
    elements: [
      { kind: 'heading', text: `/cost ${name}` },
      { kind: 'text', spans: [text(`${summary}.`)] },
      ...(usage ? [{ kind: 'text' as const, spans: [bold('Write: '), code(`/cost ${name} ${usage}`)] }] : []),
      { kind: 'list', items: examples.map((example): Span[] => [code(`/cost ${example}`)]) },
      ...notes.map((note): Element => ({ kind: 'text', spans: [text(note)] })),
      {
        kind: 'actions',
        buttons: [tryButton(offer), { label: 'All commands', action: { do: 'command', text: 'help' } }],
      },
    ],
  };
}

function taskElements({ title, commands }: HelpTask): Element[] {
  return [
    { kind: 'text', spans: [bold(title)] },
    {
      kind: 'list',
      items: commands.map(({ summary, shown }): Span[] => [code(`/cost ${shown}`), text(`  ${summary}.`)]),
    },
    { kind: 'actions', buttons: commands.map(({ offer }) => tryButton(offer)) },
  ];
}

function wordsLine(title: string, spans: readonly Span[]): Element {
  return { kind: 'text', spans: [bold(title), ...spans] };
}

function tryButton(command: string): Button {
  return { label: command, action: { do: 'command', text: command } };
}
