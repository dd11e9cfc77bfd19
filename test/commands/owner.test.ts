import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimOwner } from '../../src/flows/set-owner.ts';
import { listAudit } from '../../src/store/audit.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { saveOwner } from '../../src/store/organisation.ts';
import { addFacts } from '../temp-store.ts';
import { JON, LENA, openWorkbench, SETTINGS, STRANGER, TOMAS, type Workbench } from './workbench.ts';

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench();
});
afterEach(() => bench.temp.close());

function evidence(data: Readonly<Record<string, unknown>>): unknown[] {
  return (data.evidence as { place: string; owner: string | null; decides: boolean }[]).map(
    ({ place, owner, decides }) => [place, owner, decides],
  );
}

const charge = (tags: Record<string, string>) => ({ day: '2026-11-10', cost: '1', tags });

describe('the chain of evidence', () => {
  it('the file first; every other step with what was found', async () => {
    await addFacts(bench.context, [charge({ model: 'bert', owner: 'lena' })]);
    const { text, data } = await bench.run('owner bert');
    expect(text).toContain('Mira Chen owns bert');
    expect(text).toContain('1. pennywatch.yaml: Mira Chen ← decides');
    expect(evidence(data)).toEqual([
      ['file', 'Mira Chen', true],
      ['chat', null, false],
      ['tag', 'Lena Hoffmann', false],
      ['rule', null, false],
      ['team', 'Mira Chen', false],
    ]);
  });

  it('then what was set in chat, with who and when', async () => {
    await bench.run('owner set ranker @tomas');
    const { text, data } = await bench.run('owner ranker');
    expect(text).toContain('Set in chat: Tomás Oliveira (by Mira Chen, Sat 21 Nov, 09:00) ← decides');
    expect(data).toMatchObject({ owner: { name: 'Tomás Oliveira', email: TOMAS.email } });
  });

  it('then an owner tag that names one person, by e-mail, its first part or name', async () => {
    for (const value of [TOMAS.email, 'tomas', 'tomás oliveira']) {
      await addFacts(bench.context, [charge({ model: `of-${value}`, Owner: value })]);
      expect((await bench.run(`owner "of-${value}"`)).text).toContain(
        `Owner=${value}: Tomás Oliveira ← decides`,
      );
    }
  });

  it('but not a tag that names nobody, or two people', async () => {
    await addFacts(bench.context, [charge({ model: 'ranker', owner: 'gone@x.example' })]);
    expect((await bench.run('owner ranker')).text).toContain('owner=gone@x.example, which is nobody');
    await addFacts(bench.context, [
      charge({ model: 'churn', owner: 'tomas' }),
      charge({ model: 'churn', 'owned-by': 'mira' }),
    ]);
    const { data } = await bench.run('owner churn');
    expect(evidence(data)).toContainEqual(['tag', null, false]);
    expect(evidence(data)).toContainEqual(['team', 'Lena Hoffmann', true]);
  });

  it('then the owner of the team that a rule gives its charges to', async () => {
    await bench.temp.close();
    const rule = {
      name: 'EKS is Growth',
      match: [{ on: { column: 'ServiceName' as const }, patterns: ['EKS'] }],
      set: { team: 'growth' },
    };
    bench = await openWorkbench({ ...SETTINGS, rules: [rule] });
    await addFacts(bench.context, [{ ...charge({ model: 'ranker' }), service: 'EKS' }]);
    const { text } = await bench.run('owner ranker');
    expect(text).toContain('"EKS is Growth" gives it to team growth, owned by Lena Hoffmann ← decides');
    expect((await bench.run('model ranker 2026-11-10')).text).toContain('Lena Hoffmann');
  });

  it('at last the team; and a stage as its model', async () => {
    expect(evidence((await bench.run('owner churn')).data).at(-1)).toEqual(['team', 'Lena Hoffmann', true]);
    expect((await bench.run('owner bert/training')).text).toContain('pennywatch.yaml: Mira Chen, for bert');
  });
});

describe('setting an owner', () => {
  it('takes a mention, an e-mail, a name, "me" and a group, and tells before and after', async () => {
    expect((await bench.run(`owner set ranker <@${TOMAS.slack}>`)).text).toContain(
      'owner Mira Chen → Tomás Oliveira',
    );
    expect((await bench.run(`owner set ranker to ${LENA.email}`)).text).toContain('→ Lena Hoffmann');
    expect((await bench.run('owner set ranker @Tomás Oliveira')).text).toContain('→ Tomás Oliveira');
    expect((await bench.run('owner set ranker me')).text).toContain('→ Mira Chen');
    expect((await bench.run('owner set model ranker lena hoffmann')).text).toContain('→ Lena Hoffmann');
    expect((await bench.run('owner set ranker <!subteam^S0123|@ml-leads>')).text).toContain('→ @ml-leads');
    expect((await bench.run('owner set ranker @platform-leads')).text).toContain('→ @platform-leads');
    expect((await bench.run('owner remove ranker')).text).toContain('@platform-leads → Mira Chen');
    const audit = await listAudit(bench.temp.store, 'owner:model:ranker');
    expect(audit.map(({ action }) => action)).toEqual([
      'owner.create',
      ...Array.from({ length: 6 }, () => 'owner.update'),
      'owner.remove',
    ]);
    expect(audit[1]).toMatchObject({ actor: 'slack:U0MIRA01', before: expect.stringContaining(TOMAS.email) });
  });

  it('refuses whom nobody wrote down, and what the file says', async () => {
    expect((await bench.refusal('owner set ranker <@U0UNKNOWN>')).hint).toContain('slack: U0UNKNOWN');
    expect((await bench.refusal('owner set ranker @mria')).message).toContain('Did you mean Mira Chen');
    expect((await bench.refusal('owner set ranker nobody@x.example')).code).toBe('NOT_FOUND');
    expect((await bench.refusal('owner set ranker')).message).toBe('Who shall own it?');
    for (const group of ['@S07MLLEADS1', '<!subteam^S07MLLEADS1>'])
      expect((await bench.refusal(`owner set ranker ${group}`)).message).toContain("that group's id");
    expect((await bench.refusal('owner set ranker lena hofmann')).message).toContain('Did you mean Lena');
    expect((await bench.refusal('owner set bert me')).message).toContain('pennywatch.yaml manages');
    expect((await bench.refusal('owner set team:search me')).message).toContain('pennywatch.yaml manages');
  });

  it('a team without an owner in the file gets one in chat; it counts for its models', async () => {
    await bench.run('owner set team:platform me', JON);
    expect((await bench.run('owner team:platform')).text).toContain('Jon Park owns team platform');
  });
});

describe('the file and chat', () => {
  it('the file wins over an owner of a team that was set in chat before', async () => {
    await saveOwner(
      bench.temp.store,
      { scope: 'team:search', owner: TOMAS.email, managedBy: 'chat' },
      new Date('2026-11-20T09:00:00Z'),
    );
    const { text } = await bench.run('owner team:search');
    expect(text).toContain('Mira Chen owns team search');
    expect(text).toContain('2. Set in chat: Tomás Oliveira');
    expect((await bench.run('owner ranker')).text).toContain('Mira Chen owns ranker');
  });
});

describe('claiming', () => {
  it('makes the clicker the owner of what nobody owns', async () => {
    await addFacts(bench.context, [charge({ model: 'orphan' })]);
    const shown = await bench.run('owner orphan', LENA);
    expect(shown.text).toContain('Nobody owns orphan');
    const button = shown.buttons.find(({ label }) => label === 'I own it');
    expect((await bench.run(button?.action.text ?? '', LENA)).text).toContain('nobody → Lena Hoffmann');
    expect((await bench.refusal('owner claim orphan', TOMAS)).message).toBe(
      'model:orphan is owned by Lena Hoffmann.',
    );
  });

  it('a model that nobody wrote down is owned as the only team of its charges says', async () => {
    await addFacts(bench.context, [charge({ model: 'stray', team: 'growth' })]);
    const { text } = await bench.run('owner stray', TOMAS);
    expect(text).toContain('Lena Hoffmann owns stray');
    expect(text).toContain('Team default: Lena Hoffmann owns team growth');
    expect((await bench.refusal('owner claim stray', TOMAS)).message).toContain('is owned by Lena Hoffmann');
    expect((await bench.run('model stray 2026-11-10')).text).toContain('Owner: Lena Hoffmann');
  });

  it('is for people who are known, and for one’s own team', async () => {
    expect((await bench.refusal('owner claim ranker', STRANGER)).code).toBe('FORBIDDEN');
    expect((await bench.refusal('owner claim ranker', LENA)).code).toBe('FORBIDDEN');
    expect((await bench.run('owner claim ranker', TOMAS)).text).toContain('Mira Chen → Tomás Oliveira');
    expect((await bench.refusal('owner claim churn', 'console')).message).toContain(
      'does not know who you are',
    );
  });

  it('of two at once only one becomes the owner', async () => {
    await addFacts(bench.context, [charge({ model: 'orphan' })]);
    const stores = [
      await openStore(bench.temp.url, { busy: 'retry' }),
      await openStore(bench.temp.url, { busy: 'retry' }),
    ];
    const outcomes = await Promise.allSettled(
      [TOMAS, LENA].map((by, i) =>
        claimOwner({ ...bench.context, store: stores[i] as Store }, bench.asking(by).actor, {
          kind: 'model',
          name: 'orphan',
        }),
      ),
    );
    for (const store of stores) await store.$disconnect();
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listAudit(bench.temp.store, 'owner:model:orphan')).toHaveLength(1);
  });
});
