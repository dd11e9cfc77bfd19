/** Every registered action declares itself, and there is one of each id. */
import { describe, expect, it } from 'vitest';
import { actions, actionsFor, findAction } from '../../src/actions/registry.ts';
import { testFacts } from '../contracts/action/facts.ts';

describe('registry of actions', () => {
  it('has each id once', () => {
    const ids = actions.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('finds by id and by kind', () => {
    for (const action of actions) {
      expect(findAction(action.id)).toBe(action);
      for (const kind of action.about.kinds) expect(actionsFor(kind)).toContain(action);
    }
  });

  describe.each(actions.map((action) => [action.id, action] as const))('%s', (_id, action) => {
    testFacts(action);
  });
});
