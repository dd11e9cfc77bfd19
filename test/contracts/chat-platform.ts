/** What every chat platform must do with every message. Each platform's test calls this once with its own checks. */
import { describe, expect, it } from 'vitest';
import type { ChatPlatform, Dispatch } from '../../src/chat/types.ts';
import type { ChartSpec } from '../../src/view/charts/types.ts';
import { type Button, bold, type Element, text, type View } from '../../src/view/elements.ts';
import { type ConnectedProbe, testConnected } from './chat-connected.ts';

export interface PlatformProbe {
  readonly platform: ChatPlatform;
  /** The platform's documented limits and shapes, checked without our own renderer's knowledge; empty when all is well. */
  problems(payload: unknown): readonly string[];
  /** Everything a reader sees, in order. */
  visibleText(payload: unknown): string;
  /** The text a notification or screen reader gets. */
  fallback(payload: unknown): string;
  /** Mentions, links and markup that would come alive. */
  live(payload: unknown): readonly string[];
  /** A mention this platform accepts, and how it shows up in `live`. */
  readonly mention: { readonly platformId: string; readonly live: string };
  /** The platform in a workspace of its own, with a person in it. */
  connect(dispatch: Dispatch): Promise<ConnectedProbe>;
}

export const chart: ChartSpec = {
  id: 'daily-cost',
  title: 'bert cost 18 % more than the 30 days before',
  currency: 'USD',
  days: ['2026-11-18', '2026-11-19'],
  series: [{ name: 'training', values: [12, null], role: 'stack' }],
  alt: 'Daily cost of bert: $12 on Wed 18 Nov, Thu 19 Nov is not known yet',
};

let buttons = 0;
export function button(label: string): Button {
  buttons += 1;
  return { label, action: { do: 'command', text: 'model bert' }, id: `opaque-${buttons}` };
}

/** One of each kind; the compiler asks for a new one when a kind is added. */
export const samples = {
  heading: { kind: 'heading', text: 'bert: $12,480 in the last 30 days' },
  text: { kind: 'text', spans: [text('+18 % on the 30 days before. '), bold('Why:'), text(' training')] },
  list: { kind: 'list', items: [[text('bert +$1,870')], [text('ranker-v3 −$640')]], ordered: true },
  fields: { kind: 'fields', fields: [{ label: 'Owner', value: [text('Mira Chen')] }] },
  table: {
    kind: 'table',
    columns: [{ title: '' }, { title: 'cost', align: 'right' }],
    rows: [
      ['training', '$7,900'],
      ['data', ''],
    ],
    more: 'and 12 more, $430',
  },
  chart: { kind: 'chart', chart },
  actions: { kind: 'actions', buttons: [button('By service'), { ...button('Shut down…'), style: 'danger' }] },
  context: { kind: 'context', spans: [text('EffectiveCost · USD · complete until Wed 19 Nov')] },
  divider: { kind: 'divider' },
} satisfies { [Kind in Element['kind']]: Extract<Element, { kind: Kind }> };

export const shown: { readonly [Kind in Element['kind']]: readonly string[] } = {
  heading: ['bert: $12,480 in the last 30 days'],
  text: ['+18 % on the 30 days before. ', 'Why:'],
  list: ['bert +$1,870', 'ranker-v3 −$640'],
  fields: ['Owner', 'Mira Chen'],
  table: ['cost', 'training', '$7,900', 'data', 'and 12 more, $430'],
  chart: ['Thu 19 Nov is not known yet'],
  actions: ['By service', 'Shut down…'],
  context: ['EffectiveCost · USD · complete until Wed 19 Nov'],
  divider: [],
};

const hostileValues = [
  '<!channel> <!here> <!everyone>',
  '<@U012AB3CD> <!subteam^S012AB3CD>',
  '*bold* _italic_ ~gone~ `code` ```block```',
  '<https://evil.example|your bank> https://evil.example',
  '&lt;!channel&gt; &amp;',
  '[click](https://evil.example) <at>everyone</at>',
  '"); DROP TABLE charge;-- {{7*7}} {% raw %}',
  'مرحبا بالعالم 💸👩‍👩‍👧‍👦 \u202Edlrow',
  '\u0000\u001B[31mred\u0007',
];

/** A hostile value in every place a value can be. */
export function hostileView(value: string): View {
  return {
    elements: [
      { kind: 'heading', text: value },
      {
        kind: 'text',
        spans: [
          text(value),
          { kind: 'text', text: value, style: 'code' },
          { kind: 'mention', who: 'user', ids: { slack: value, teams: value }, name: value },
        ],
      },
      { kind: 'text', spans: [{ kind: 'link', text: value, url: `javascript:${value}` }] },
      { kind: 'list', items: [[text(value)], [bold(value)]] },
      { kind: 'fields', fields: [{ label: value, value: [text(value)] }] },
      { kind: 'table', columns: [{ title: value }], rows: [[value]], more: value },
      { kind: 'table', columns: [{ title: value }], rows: [[value]] },
      { kind: 'chart', chart: { ...chart, id: value, title: value, alt: value } },
      { kind: 'actions', buttons: [button(value)] },
      {
        kind: 'context',
        spans: [
          text(value),
          { kind: 'link', text: value, url: value },
          { kind: 'mention', who: 'group', ids: { slack: value, teams: value }, name: value },
        ],
      },
    ],
  };
}

const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));
const long = (length: number): string =>
  'Überlänge 💸 '
    .repeat(Math.ceil(length / 13))
    .slice(0, length - 1)
    .replace(/[\uD800-\uDBFF]$/, '.');

/** Views beyond every limit; something of each has to be left out. */
export const oversized: Readonly<Record<string, View>> = {
  '60 paragraphs': { elements: many(60, (index) => ({ kind: 'text', spans: [text(`paragraph ${index}`)] })) },
  'a text of 5,000 characters': { elements: [{ kind: 'text', spans: [text(long(5_000))] }] },
  'a text of 5,000 characters in many spans': {
    elements: [{ kind: 'text', spans: many(500, (index) => text(`span ${index}, `)) }],
  },
  'a heading of 5,000 characters': { elements: [{ kind: 'heading', text: long(5_000) }] },
  'a table of 200 rows': {
    elements: [
      {
        kind: 'table',
        columns: [{ title: 'model' }, { title: 'cost', align: 'right' }],
        rows: many(200, (index) => [`model-${index}`, `$${index}`]),
      },
    ],
  },
  'a second table of 200 rows': {
    elements: [
      samples.table,
      {
        kind: 'table',
        columns: [{ title: 'model' }, { title: 'cost' }],
        rows: many(200, (index) => [`model-${index}`, `$${index}`]),
      },
    ],
  },
  'a table of 30 columns': {
    elements: [
      { kind: 'table', columns: many(30, (index) => ({ title: `c${index}` })), rows: [many(30, String)] },
    ],
  },
  'a table of endless cells': {
    elements: [{ kind: 'table', columns: [{ title: 'tag' }], rows: many(50, () => [long(3_000)]) }],
  },
  'a button label of 200 characters': { elements: [{ kind: 'actions', buttons: [button(long(200))] }] },
  'a list of 300 items': {
    elements: [{ kind: 'list', items: many(300, (index) => [text(`item number ${index}`)]) }],
  },
  '300 fields': {
    elements: [
      { kind: 'fields', fields: many(300, (index) => ({ label: `label ${index}`, value: [text('value')] })) },
    ],
  },
  'a context of 5,000 characters': { elements: [{ kind: 'context', spans: [text(long(5_000))] }] },
  'a chart described in 5,000 characters': {
    elements: [{ kind: 'chart', chart: { ...chart, alt: long(5_000) } }],
  },
  'everything, many times': {
    elements: many(12, () => [
      ...Object.values(samples),
      { kind: 'text' as const, spans: [text(long(1_500))] },
    ])
      .flat()
      .map((element) =>
        element.kind === 'actions'
          ? { ...element, buttons: many(30, (index) => button(`b${index}`)) }
          : element,
      ),
  },
};

export function testPlatform(name: string, probe: PlatformProbe): void {
  const { platform } = probe;
  testConnected(name, probe.connect);

  describe(`${name}: every platform`, () => {
    it.each(Object.values(samples).map((element) => [element.kind, element] as const))(
      'renders %s',
      (kind, element) => {
        const payload = platform.render({ elements: [element] });
        expect(probe.problems(payload)).toEqual([]);
        const seen = probe.visibleText(payload);
        for (const words of shown[kind]) expect(seen).toContain(words);
        expect(probe.fallback(payload).trim()).not.toBe('');
      },
    );

    it('keeps the order of a message and repeats itself exactly', () => {
      const view = { elements: Object.values(samples) };
      const seen = probe.visibleText(platform.render(view));
      const places = Object.values(shown)
        .flatMap((words) => words.slice(0, 1))
        .map((words) => seen.indexOf(words));
      expect(places).not.toContain(-1);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(platform.render(view)).toEqual(platform.render(view));
    });

    it('has words even for an empty message', () => {
      expect(probe.problems(platform.render({ elements: [] }))).toEqual([]);
      expect(probe.fallback(platform.render({ elements: [] })).trim()).not.toBe('');
    });

    it.each(Object.entries(oversized))('says what is cut: %s', (_, view) => {
      const payload = platform.render(view);
      expect(probe.problems(payload)).toEqual([]);
      expect(probe.visibleText(payload)).toMatch(/left out/);
    });

    it.each(hostileValues)('shows %j literally everywhere', (value) => {
      const payload = platform.render(hostileView(value));
      expect(probe.problems(payload)).toEqual([]);
      expect(probe.live(payload)).toEqual([]);
    });

    it('makes exactly the mentions and links it was given live', () => {
      const { platformId, live } = probe.mention;
      const spans = [
        { kind: 'mention', who: 'user', ids: { [platform.id]: platformId }, name: 'Mira Chen' },
        { kind: 'link', text: 'the runbook', url: 'https://wiki.example/runbook' },
      ] as const;
      for (const kind of ['text', 'context'] as const) {
        const payload = platform.render({ elements: [{ kind, spans }] });
        expect(probe.problems(payload)).toEqual([]);
        expect(probe.live(payload)).toEqual([live, 'https://wiki.example/runbook']);
      }
    });

    it('refuses a button that was never registered', () => {
      const { id: _, ...unregistered } = button('Share');
      expect(() => platform.render({ elements: [{ kind: 'actions', buttons: [unregistered] }] })).toThrow(
        /id/,
      );
    });
  });
}
