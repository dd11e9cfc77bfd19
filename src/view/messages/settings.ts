/** What is configured and where it comes from, and who the reader is, as a message. */
import type { Standing } from '../../core/authorise.ts';
import { platformTitle } from '../../core/refusals.ts';
import type { Settings } from '../../core/settings.ts';
import { bold, code, type Element, text, type View } from '../elements.ts';
import { countOf } from '../format.ts';

const FILE = 'pennywatch.yaml';
/** More tag keys than these are counted. */
const NAMED = 4;

interface Counts {
  readonly teams: number;
  readonly members: number;
  readonly models: number;
  readonly budgets: { readonly file: number; readonly chat: number };
  readonly owners: { readonly file: number; readonly chat: number };
  readonly reports: { readonly team: number; readonly subscribed: number };
}

/** Who the reader is and where they asked, in the platform's own ids. */
interface Here {
  readonly platform: string;
  readonly person: string;
  readonly knownBy?: 'id' | 'e-mail';
  readonly channel?: string;
}

export function composeSettings(input: {
  settings: Settings;
  who: Standing;
  /** Absent at the terminal. */
  here?: Here;
  mayChange: string;
  counts: Counts;
  unrecognised: readonly string[];
}): View {
  const { settings, who, here, mayChange, counts, unrecognised } = input;
  const elements: (Element | undefined)[] = [
    { kind: 'heading', text: `Settings of ${settings.organisation}` },
    {
      kind: 'text',
      spans: [bold('You: '), text(`${whoWords(who)}. You may change ${mayChange.replace(/\.$/, '')}.`)],
    },
    here && hereElement(here),
    {
      kind: 'table',
      columns: [{ title: 'Setting' }, { title: 'Value' }, { title: 'Comes from' }],
      rows: settingRows(settings, counts).map((row) => [...row]),
    },
    unrecognised.length > 0
      ? {
          kind: 'text',
          spans: [
            text(
              `Not recognised in chat: ${unrecognised.join(', ')}. An admin needs to be a member of a team in ${FILE}, with their id in Slack or Microsoft Teams.`,
            ),
          ],
        }
      : undefined,
    {
      kind: 'actions',
      buttons: [
        { label: 'Budgets', action: { do: 'command', text: 'budget list' } },
        { label: 'Owners', action: { do: 'command', text: 'owner list' } },
        { label: 'Subscriptions', action: { do: 'command', text: 'subscribe list' } },
        { label: 'Sources', action: { do: 'command', text: 'sources' } },
      ],
    },
    {
      kind: 'context',
      spans: [
        text(
          `${FILE} is read when Pennywatch starts; what it says wins over what was set in chat, and what it leaves out has its default.`,
        ),
      ],
    },
  ];
  return { elements: elements.filter((element) => element !== undefined) };
}

/** As it is written in the file, to be copied from here. */
function hereElement({ platform, person, knownBy, channel }: Here): Element {
  const known = {
    id: 'this id is in the file',
    'e-mail': `known by the e-mail that ${platformTitle(platform)} gives; with this id you can be mentioned there too`,
    unknown: 'not in the file yet',
  }[knownBy ?? 'unknown'];
  return {
    kind: 'fields',
    fields: [
      { label: 'You, under members', value: [code(`${platform}: ${person}`), text(` (${known})`)] },
      channel === undefined
        ? { label: 'This conversation', value: [text('only you and Pennywatch; reports to "me" come here')] }
        : { label: 'This channel, under channel', value: [code(`${platform}: ${yamlText(channel)}`)] },
    ],
  };
}

/** Ids of Teams have colons in them, which YAML reads otherwise. */
function yamlText(id: string): string {
  return /^[\w.-]+$/.test(id) ? id : JSON.stringify(id);
}

function settingRows(settings: Settings, counts: Counts): readonly (readonly string[])[] {
  const { reports, dimensions, fx, rules, splits, admins, storage } = settings;
  const currencies = [...new Set(fx.map(({ from, to }) => `${from}→${to}`))];
  const lastRate = fx
    .map(({ date }) => date)
    .sort()
    .at(-1);
  const keys = dimensions.flatMap(({ tags }) => tags);
  return [
    ['Time zone', settings.timeZone, FILE],
    ['Week starts on', capitalised(settings.weekStart), FILE],
    ['Currency of answers', settings.currency, FILE],
    [
      'Exchange rates',
      currencies.length === 0 ? 'none' : `${currencies.join(', ')}, until ${lastRate}`,
      FILE,
    ],
    [
      'Weekly reports',
      reports.enabled
        ? `${capitalised(reports.day)} ${reports.time}, ${countOf(counts.reports.team, 'team channel')}`
        : 'off',
      FILE,
    ],
    ['Subscriptions', String(counts.reports.subscribed), 'chat'],
    [
      'Teams and people',
      `${countOf(counts.teams, 'team')}, ${countOf(counts.members, 'person', 'people')}`,
      FILE,
    ],
    ['Models', String(counts.models), FILE],
    ['Owners', managed(counts.owners), 'both'],
    ['Budgets', managed(counts.budgets), 'both'],
    ['Allocation rules', String(rules.length), FILE],
    ['Shared cost splits', splits.length === 0 ? 'none' : splits.map(({ name }) => name).join(', '), FILE],
    [
      'Tag keys',
      `${keys.slice(0, NAMED).join(', ')}${keys.length > NAMED ? ` and ${keys.length - NAMED} more` : ''}`,
      FILE,
    ],
    ['Admins', admins.length === 0 ? 'none' : admins.join(', '), FILE],
    ['Single resources kept for', countOf(storage.resourceDays, 'day'), FILE],
  ];
}

function managed({ file, chat }: { file: number; chat: number }): string {
  return `${file} in the file, ${chat} in chat`;
}

function whoWords(who: Standing): string {
  switch (who.kind) {
    case 'console':
      return 'somebody at the terminal';
    case 'system':
      return 'the program itself';
    case 'stranger':
      return `${platformTitle(who.platform)} user ${who.id}, who is not in ${FILE}`;
    case 'person': {
      const teams = who.teams.length > 0 ? ` in team ${who.teams.join(', ')}` : ' in no team';
      return `${who.name} (${who.email})${teams}${who.admin ? ', admin' : ''}`;
    }
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
