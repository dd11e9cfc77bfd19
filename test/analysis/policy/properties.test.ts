/** What must hold of the policy whatever the settings and the resources are. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAccount } from '../../../src/analysis/policy/allow-list.ts';
import { approvalsNeeded, type ItemRisk } from '../../../src/analysis/policy/approvals.ts';
import { approverPeople } from '../../../src/analysis/policy/approvers.ts';
import { environmentOf, knownEnvironment } from '../../../src/analysis/policy/environment.ts';
import { stricter } from '../../../src/analysis/policy/mode.ts';
import { protectedBy } from '../../../src/analysis/policy/protected.ts';
import { quietUntil } from '../../../src/analysis/policy/quiet-hours.ts';
import {
  ACTION_MODES,
  ACTION_PROVIDERS,
  type ActionAccount,
  type ActionSettings,
  type ResourceRef,
  RISKS,
} from '../../../src/core/action.ts';
import { settingsOf } from '../../settings.ts';

const micros = fc.bigInt({ min: 0n, max: 10_000_000_000n });
const item: fc.Arbitrary<ItemRisk> = fc.record(
  {
    costMicros: micros,
    environment: fc.constantFrom('dev', 'staging', 'prod'),
    risk: fc.constantFrom(...RISKS),
    reversible: fc.boolean(),
  },
  { requiredKeys: ['risk', 'reversible'] },
);
const settings: fc.Arbitrary<ActionSettings> = fc
  .record({
    mode: fc.constantFrom(...ACTION_MODES),
    twoPersons: fc.record({
      aboveMicros: micros,
      environments: fc
        .subarray(['staging', 'prod'])
        .filter((list) => !(list.length === 1 && list[0] === 'staging')),
      risks: fc.constantFrom([], ['high'] as const, ['medium', 'high'] as const, RISKS),
    }),
    liveBelowMicros: micros,
  })
  .map(({ liveBelowMicros, ...some }) => {
    const usual = settingsOf().actions;
    return { ...usual, ...some, limits: { ...usual.limits, liveBelowMicros } };
  });

/** The same resource, worse in one way. */
const worse: readonly ((one: ItemRisk, by: bigint) => ItemRisk)[] = [
  (one, by) => (one.costMicros === undefined ? one : { ...one, costMicros: one.costMicros + by }),
  ({ costMicros: _, ...one }) => one,
  (one) => ({ ...one, environment: 'prod' }),
  ({ environment: _, ...one }) => one,
  (one) => ({ ...one, risk: 'high' }),
  (one) => ({ ...one, reversible: false }),
];

describe('approvals', () => {
  it('are never fewer for more money, more risk, a more guarded or an unknown environment, or one resource more', () => {
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1, maxLength: 5 }),
        settings,
        fc.nat(),
        fc.constantFrom(...worse),
        micros,
        fc.boolean(),
        (items, rules, at, change, by, standing) => {
          const index = at % items.length;
          const changed = items.map((one, number) => (number === index ? change(one, by) : one));
          const first = items[0] as ItemRisk;
          const { needed } = approvalsNeeded(items, rules, { standing });
          expect(approvalsNeeded(changed, rules, { standing }).needed).toBeGreaterThanOrEqual(needed);
          expect(approvalsNeeded([...items, first], rules, { standing }).needed).toBeGreaterThanOrEqual(
            needed,
          );
        },
      ),
    );
  });

  it('are needed in every mode but live, and there for whatever is not certain to be small', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 4 }), settings, (items, rules) => {
        const { needed, reasons } = approvalsNeeded(items, rules);
        expect(needed === 0).toBe(reasons.length === 0);
        if (rules.mode !== 'live') expect(needed).toBeGreaterThan(0);
        const doubtful = items.some(
          ({ costMicros, environment, reversible }) =>
            costMicros === undefined || environment === undefined || environment === 'prod' || !reversible,
        );
        if (doubtful) expect(needed).toBeGreaterThan(0);
      }),
    );
  });

  it('come from a rule that covers every resource: none for one team or environment approves for more', () => {
    const teams = fc.array(fc.constantFrom('search', 'growth', undefined), { minLength: 1, maxLength: 3 });
    const environments = fc.array(fc.constantFrom('dev', 'prod', undefined), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(teams, environments, (ofTeams, where) => {
        const rules = [{ people: ['ann@x.example'], team: 'search', environments: ['dev'] }];
        const named = approverPeople({ approvers: rules }, [], {
          teams: ofTeams,
          environments: where,
          admins: [],
        });
        const all = ofTeams.every((one) => one === 'search') && where.every((one) => one === 'dev');
        expect(named).toEqual(all ? ['ann@x.example'] : []);
      }),
    );
  });
});

const word = fc.constantFrom(
  '111122223333',
  '111122223334',
  'proj-a',
  'PROJ-A',
  'eu',
  'us-east-1',
  'us-east-10',
  'x',
);
const entry: fc.Arbitrary<ActionAccount> = fc.record({
  provider: fc.constantFrom(...ACTION_PROVIDERS),
  account: fc.oneof(word, fc.constant('*')),
  regions: fc.array(word, { maxLength: 2 }),
  namespaces: fc.array(fc.constantFrom('team-a', 'kube-system'), { maxLength: 2 }),
  match: fc.array(fc.constantFrom('vm-*', 'gpu-?'), { maxLength: 2 }),
});
const ref: fc.Arbitrary<ResourceRef> = fc
  .record({
    provider: fc.constantFrom(...ACTION_PROVIDERS),
    account: word,
    region: fc.option(word, { nil: undefined }),
    namespace: fc.option(fc.constantFrom('team-a', 'Team-A', 'kube-system'), { nil: undefined }),
    resourceId: fc.constantFrom('vm-1', 'gpu-1', 'gpu-10', 'other'),
  })
  .map(({ region, namespace, ...one }) => ({
    ...one,
    kind: 'any',
    name: 'any',
    ...(region !== undefined && { region }),
    parts: { ...(namespace !== undefined && { namespace }) } as Record<string, string>,
  }));

describe('the allow-list', () => {
  it('never allows what no entry names', () => {
    fc.assert(
      fc.property(ref, fc.array(entry, { maxLength: 4 }), (resource, accounts) => {
        const found = findAccount(resource, accounts);
        if (!found) return;
        expect(accounts).toContain(found);
        expect(found.provider).toBe(resource.provider);
        expect(['*', resource.account.toLowerCase()]).toContain(found.account.toLowerCase());
        if (resource.provider === 'webhook') {
          const named = found.match.some((glob) =>
            (glob === 'vm-*' ? /^vm-/ : /^gpu-.$/).test(resource.resourceId),
          );
          expect(named).toBe(true);
          return;
        }
        if (found.regions.length > 0) expect(resource.region).toBeDefined();
        if (resource.provider !== 'kubernetes') return;
        expect(resource.parts.namespace).toBeDefined();
        expect(resource.parts.namespace).not.toBe('kube-system');
        if (found.namespaces.length > 0) expect(found.namespaces).toContain(resource.parts.namespace);
      }),
    );
  });

  it('is empty without entries, and a region is no prefix of another one', () => {
    const machine = {
      resourceId: 'i-1',
      provider: 'aws',
      kind: 'k',
      name: 'n',
      account: '1',
      parts: {},
    } as const;
    const of = (regions: string[]): ActionAccount[] => [
      { provider: 'aws', account: '1', regions, namespaces: [], match: [] },
    ];
    expect(findAccount({ ...machine, region: 'us-east-1' }, [])).toBeUndefined();
    expect(findAccount({ ...machine, region: 'us-east-10' }, of(['us-east-1']))).toBeUndefined();
    expect(findAccount(machine, of(['us-east-1']))).toBeUndefined();
  });

  it('takes what a ResourceId says of a webhook only for that webhook', () => {
    const forged = {
      resourceId: 'webhook:mine/db-1',
      provider: 'webhook',
      kind: 'webhook.resource',
      name: 'db-1',
      account: 'mine',
      parts: { id: 'db-1' },
    } as const;
    const other: ActionAccount = {
      provider: 'webhook',
      account: 'theirs',
      regions: [],
      namespaces: [],
      match: ['*'],
    };
    expect(findAccount(forged, [other])).toBeUndefined();
    expect(findAccount(forged, [other, { ...other, account: 'mine' }])?.account).toBe('mine');
  });
});

describe('tags', () => {
  const cased = (text: string) =>
    fc
      .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map((up) => [...text].map((letter, index) => (up[index] ? letter.toUpperCase() : letter)).join(''));
  const separator = fc.constantFrom(':', '-', '/', '_', '.', ' ', '');

  it('that protect do so in any spelling and with any value but a clear no', () => {
    fc.assert(
      fc.property(cased('pennywatch'), separator, cased('protect'), fc.string(), (a, between, b, value) => {
        const off = ['false', 'no'].includes(value.trim().toLowerCase());
        const guard = protectedBy({ other: 'x', [`${a}${between}${b}`]: value }, ['pennywatch:protect']);
        expect(guard !== undefined).toBe(!off);
      }),
    );
  });

  it('that say prod anywhere make it prod, whatever others say beside', () => {
    const others = fc.constantFrom<Record<string, string>>(
      { env: 'dev' },
      { Env: 'dev' },
      { environment: 'staging' },
      { ENVIRONMENT: 'made-up' },
      {},
    );
    const named = settingsOf({
      dimensions: [
        { dimension: 'environment', tags: ['env', 'environment'], values: { prod: ['production', 'live'] } },
      ],
    });
    fc.assert(
      fc.property(
        others,
        fc.constantFrom('environment', 'E-N-V', 'env'),
        fc.constantFrom('prod', 'Production', ' LIVE '),
        fc.boolean(),
        (tags, key, value, before) => {
          const all = before ? { [key]: value, ...tags } : { ...tags, [key]: value };
          if (all[key] !== value) return;
          expect(environmentOf(all, 'dev', named)).toBe('prod');
        },
      ),
    );
  });

  it('that name an environment nobody knows are no way around the rules for prod', () => {
    expect(
      ['prod', 'dev', 'prod-eu', 'x', 'constructor'].map((one) => knownEnvironment(one, settingsOf())),
    ).toEqual([true, true, false, false, false]);
  });
});

describe('modes and hours', () => {
  it('of two modes the more careful one counts', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ACTION_MODES), fc.constantFrom(...ACTION_MODES), (a, b) => {
        const one = stricter(a, b);
        expect([a, b]).toContain(one);
        expect(one).toBe(stricter(b, a));
        if (a === 'dry-run' || b === 'dry-run') expect(one).toBe('dry-run');
      }),
    );
  });

  it('quiet hours end later than now, within a day, and are over then', () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const day = 86_400_000;
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) }),
        clock,
        clock,
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
        (now, from, to, zone) => {
          const end = quietUntil(now, { from, to }, zone);
          if (end === undefined) return;
          expect(end).toBeGreaterThan(now);
          // Clocks go back an hour once a year.
          expect(end - now).toBeLessThanOrEqual(day + 3_600_000);
          expect(quietUntil(end, { from, to }, zone)).toBeUndefined();
        },
      ),
      { numRuns: 300 },
    );
  });
});
