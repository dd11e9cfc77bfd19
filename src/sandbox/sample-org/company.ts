/** Wrenfield, an invented marketplace for second-hand furniture: its people, teams and channels. */

export const ORGANISATION = 'Wrenfield';
export const DOMAIN = 'wrenfield.example';

interface Person {
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly colour: string;
  /** Slack user id. */
  readonly slack: string;
  readonly team?: string;
}

export interface Team {
  readonly name: string;
  readonly title: string;
  readonly owner: string;
  readonly channel: string;
  readonly costCenter: string;
  /** Monthly budget in USD. */
  readonly budget: string;
  readonly topic: string;
}

export const PEOPLE: readonly Person[] = [
  {
    key: 'mira',
    name: 'Mira Chen',
    title: 'Team lead, Search',
    colour: '#0072B2',
    slack: 'U04MIRACHEN',
    team: 'search',
  },
  {
    key: 'tomas',
    name: 'Tomás Oliveira',
    title: 'ML engineer, Search',
    colour: '#E69F00',
    slack: 'U04TOMASOLV',
    team: 'search',
  },
  {
    key: 'yuki',
    name: 'Yuki Tanabe',
    title: 'ML engineer, Search',
    colour: '#56B4E9',
    slack: 'U04YUKITANB',
    team: 'search',
  },
  {
    key: 'lena',
    name: 'Lena Hoffmann',
    title: 'Team lead, Growth',
    colour: '#009E73',
    slack: 'U04LENAHOFF',
    team: 'growth',
  },
  {
    key: 'dev',
    name: 'Dev Malhotra',
    title: 'Data scientist, Growth',
    colour: '#CC79A7',
    slack: 'U04DEVMALHO',
    team: 'growth',
  },
  {
    key: 'amara',
    name: 'Amara Okafor',
    title: 'Team lead, Recommendations',
    colour: '#D55E00',
    slack: 'U04AMARAOKA',
    team: 'recommendations',
  },
  {
    key: 'noah',
    name: 'Noah Lindqvist',
    title: 'ML engineer, Recommendations',
    colour: '#7A5195',
    slack: 'U04NOAHLIND',
    team: 'recommendations',
  },
  {
    key: 'rafael',
    name: 'Rafael Ortiz',
    title: 'Team lead, Trust & Safety',
    colour: '#B07AA1',
    slack: 'U04RAFAORTZ',
    team: 'trust-safety',
  },
  {
    key: 'ines',
    name: 'Inès Laurent',
    title: 'ML engineer, Trust & Safety',
    colour: '#4E79A7',
    slack: 'U04INESLAUR',
    team: 'trust-safety',
  },
  {
    key: 'sana',
    name: 'Sana Qureshi',
    title: 'Team lead, Assistant',
    colour: '#59A14F',
    slack: 'U04SANAQURE',
    team: 'assistant',
  },
  {
    key: 'oleg',
    name: 'Oleg Marchenko',
    title: 'ML engineer, Assistant',
    colour: '#9C755F',
    slack: 'U04OLEGMARC',
    team: 'assistant',
  },
  {
    key: 'jon',
    name: 'Jon Park',
    title: 'Platform lead (SRE)',
    colour: '#E15759',
    slack: 'U04JONPARK1',
    team: 'platform',
  },
  {
    key: 'grace',
    name: 'Grace Mensah',
    title: 'Site reliability engineer',
    colour: '#76B7B2',
    slack: 'U04GRACEMEN',
    team: 'platform',
  },
  { key: 'hana', name: 'Hana Novak', title: 'FinOps analyst', colour: '#F28E2B', slack: 'U04HANANOVA' },
  {
    key: 'erik',
    name: 'Erik Sandberg',
    title: 'Chief technology officer',
    colour: '#79706E',
    slack: 'U04ERIKSAND',
  },
];

export const TEAMS: readonly Team[] = [
  {
    name: 'search',
    title: 'Search',
    owner: 'mira',
    channel: 'C05SEARCH01',
    costCenter: 'CC-1001',
    budget: '49000',
    topic: 'Query understanding, ranking, embeddings',
  },
  {
    name: 'growth',
    title: 'Growth',
    owner: 'lena',
    channel: 'C05GROWTH01',
    costCenter: 'CC-1002',
    budget: '11800',
    topic: 'Churn, lifetime value, campaigns',
  },
  {
    name: 'recommendations',
    title: 'Recommendations',
    owner: 'amara',
    channel: 'C05RECOMM01',
    costCenter: 'CC-1003',
    budget: '46000',
    topic: 'Home feed, similar items, bundles',
  },
  {
    name: 'trust-safety',
    title: 'Trust & Safety',
    owner: 'rafael',
    channel: 'C05TRUST001',
    costCenter: 'CC-1004',
    budget: '31000',
    topic: 'Fraud, moderation, account safety',
  },
  {
    name: 'assistant',
    title: 'Assistant',
    owner: 'sana',
    channel: 'C05ASSIST01',
    costCenter: 'CC-1005',
    budget: '29000',
    topic: 'Support copilot, captions, listing writer',
  },
  {
    name: 'platform',
    title: 'ML Platform',
    owner: 'jon',
    channel: 'C05PLATFRM1',
    costCenter: 'CC-1006',
    budget: '6500',
    topic: 'Clusters, pipelines, shared services',
  },
];

export function emailOf(key: string): string {
  return `${key}@${DOMAIN}`;
}

/** Keys of a team's people, owner first. */
export function membersOf(team: string): readonly Person[] {
  return PEOPLE.filter((person) => person.team === team);
}
