/** What an action declares of itself: texts for people, permissions, an example that is recognised. */
import { expect, it } from 'vitest';
import type { ActionInput, ProviderAction } from '../../../src/actions/types.ts';
import { recognise } from '../../../src/analysis/resources/recognise.ts';

/** Also swept over the registry; `stage` gives an input that must be accepted. */
export function testFacts(action: ProviderAction, stage?: () => { readonly input: ActionInput }): void {
  const { about } = action;

  it('declares itself in words', () => {
    expect(action.id).toMatch(/^[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(action.id.split('.')[0]).toBe(about.provider);
    expect(about.kinds.length).toBeGreaterThan(0);
    expect(about.title).toMatch(/^[A-Z].*[^.]$/);
    expect(about.verb).toMatch(/^[a-z].*[^.]$/);
    expect(about.past).toMatch(/^[a-z].*[^.]$/);
    expect(about.consequence).toMatch(/^[A-Z].{20,}\.$/);
    expect(about.savesPercent).toBeGreaterThanOrEqual(0);
    expect(about.savesPercent).toBeLessThanOrEqual(100);
    expect(Number.isInteger(about.savesPercent)).toBe(true);
    expect(about.validStates.length).toBeGreaterThan(0);
    if (!action.undo) return;
    expect(action.undo.title).toMatch(/^[A-Z].*[^.]$/);
    expect(action.undo.past).toMatch(/^[a-z].*[^.]$/);
    expect(action.undo.hours).toBeGreaterThan(0);
  });

  it('declares permissions for looking, for acting and for bringing back', () => {
    const parts = new Set(about.permissions.map((need) => need.for));
    expect([...parts].sort()).toEqual(action.undo ? ['plan', 'run', 'undo'] : ['plan', 'run']);
    const keys = about.permissions.map((need) => `${need.for} ${need.permission}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { permission, resources } of about.permissions) {
      expect(permission).toMatch(/\S/);
      if (resources) expect(resources.length).toBeGreaterThan(0);
    }
  });

  it('has an example of a bill that is recognised as something it is for', () => {
    const recognised = recognise(about.example, { account: '111122223333', region: 'us-east-1' });
    expect(recognised).toMatchObject({ known: true });
    if (recognised.known) expect(about.kinds).toContain(recognised.ref.kind);
  });

  if (stage)
    it('takes the resource it is for, and no resource without its parts', () => {
      const { input } = stage();
      expect(action.input.parse(input)).toEqual(input);
      expect(about.kinds).toContain(input.ref.kind);
      const bare = { ...input, ref: { ...input.ref, parts: {} } };
      expect(action.input.safeParse(bare).success).toBe(false);
      // A webhook hands on whatever its program asks for.
      if (about.provider === 'webhook') return;
      const beside = { ...input, parameters: { ...input.parameters, 'no-such-thing': 'true' } };
      expect(action.input.safeParse(beside).success).toBe(false);
    });
}
