/** What pinning a message came to, and what waits for a team's next weekly report. */
import { type Button, bold, code, type Element, type Span, text, type View } from '../elements.ts';
import { countOf, formatTime } from '../format.ts';

/** Most buttons in a row. */
const BUTTONS = 10;

/** A pin as messages show it. */
export interface PinShown {
  readonly id: number;
  readonly team: string;
  readonly excerpt: string;
  readonly author?: string;
  readonly command?: string;
}

export interface ReportTime {
  readonly at: Date;
  readonly timeZone: string;
}

export function composePinned(input: { pin: PinShown; already: boolean; next?: ReportTime }): View {
  const { pin, already, next } = input;
  const start = already ? 'This is pinned already: it will be in' : 'Pinned: it will be in';
  return {
    elements: [
      {
        kind: 'text',
        spans: [text(`${start} the weekly report of `), bold(pin.team), text(`${when(next)}.`)],
      },
      { kind: 'text', spans: quoted(pin) },
      { kind: 'actions', buttons: [unpinButton(pin, 'Unpin'), listButton('All pins')] },
    ],
  };
}

export function composeUnpinned(pin: PinShown): View {
  return {
    elements: [
      {
        kind: 'text',
        spans: [text('Unpinned: it will not be in the weekly report of '), bold(pin.team), text('.')],
      },
      { kind: 'text', spans: quoted(pin) },
      { kind: 'actions', buttons: [listButton('All pins')] },
    ],
  };
}

export function composePins(
  teams: readonly { readonly team: string; readonly pins: readonly PinShown[]; readonly next?: ReportTime }[],
): View {
  const filled = teams.filter(({ pins }) => pins.length > 0);
  if (filled.length === 0)
    return {
      elements: [
        {
          kind: 'text',
          spans: [
            text(
              `Nothing is pinned${teams.length === 1 ? ` for ${teams[0]?.team}` : ''}. Choose "Pin to weekly report" in a message's menu.`,
            ),
          ],
        },
      ],
    };
  return { elements: filled.flatMap(teamElements) };
}

function teamElements(team: { team: string; pins: readonly PinShown[]; next?: ReportTime }): Element[] {
  const { pins, next } = team;
  const others = [text(' Take the others off with '), code('/cost pins remove NUMBER'), text('.')];
  return [
    { kind: 'heading', text: `${countOf(pins.length, 'pin')} for ${team.team}` },
    { kind: 'list', items: pins.map((pin) => [text(`${pin.id}. `), ...quoted(pin)]) },
    { kind: 'actions', buttons: pins.slice(0, BUTTONS).map((pin) => unpinButton(pin, `Unpin ${pin.id}`)) },
    {
      kind: 'context',
      spans: [text(`In the weekly report${when(next)}.`), ...(pins.length > BUTTONS ? others : [])],
    },
  ];
}

function when(next: ReportTime | undefined): string {
  return next ? ` on ${formatTime(next.at, next.timeZone)}` : ', once that is switched on';
}

function quoted({ excerpt, author, command }: PinShown): Span[] {
  return [
    text(`“${excerpt}”`),
    ...(author ? [text(` (${author})`)] : []),
    ...(command ? [text(' '), code(`/cost ${command}`)] : []),
  ];
}

function unpinButton(pin: PinShown, label: string): Button {
  return { label, action: { do: 'command', text: `pins remove ${pin.id}` } };
}

function listButton(label: string): Button {
  return { label, action: { do: 'command', text: 'pins' } };
}
