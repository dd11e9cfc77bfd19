/** How requests are answered: messages at once, invokes with what they are answered. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { invoke, message, startWireApp, type WireApp } from './wire-app.ts';

let app: WireApp;
beforeAll(async () => {
  app = await startWireApp();
});
afterAll(() => app.stop());
afterEach(() => {
  app.taken.length = 0;
  app.refused.length = 0;
  app.lines.length = 0;
  app.answer = async () => ({ status: 200 });
});

describe('an invoke', () => {
  it('is answered with status and body', async () => {
    const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Done' };
    app.answer = async () => ({ status: 200, body });
    const answer = await app.post(invoke());
    expect(answer).toMatchObject({ status: 200, body });
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('may be answered with a status alone, or refused', async () => {
    expect(await app.post(invoke())).toMatchObject({ status: 200, body: undefined });
    app.answer = async () => ({ status: 403, body: { error: 'no' } });
    expect(await app.post(invoke())).toMatchObject({ status: 403, body: { error: 'no' } });
  });

  it('that nobody answers is not implemented', async () => {
    app.answer = async () => undefined;
    expect((await app.post(invoke({ name: 'fileConsent/invoke' }))).status).toBe(501);
  });

  it('that fails says so without its reasons', async () => {
    app.answer = () => Promise.reject(new Error('the password is x'));
    const answer = await app.post(invoke());
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('password');
    expect(app.lines).toHaveLength(1);
  });

  it('that comes twice at once is dispatched once', async () => {
    const click = invoke();
    const statuses = await Promise.all([1, 2, 3].map(async () => (await app.post(click)).status));
    expect(statuses.sort()).toEqual([200, 409, 409]);
    expect(app.taken).toHaveLength(1);
  });
});

describe('a message', () => {
  it('is acknowledged before it is answered', async () => {
    let done = () => {};
    const answered = new Promise<void>((resolve) => {
      done = resolve;
    });
    app.answer = async () => {
      await answered;
      return { status: 200 };
    };
    const slow = app.post(invoke());
    // The slow invoke holds nothing up either.
    expect(await app.post(message())).toMatchObject({ status: 200, body: undefined });
    await expect.poll(() => app.taken.map(({ type }) => type).sort()).toEqual(['invoke', 'message']);
    done();
    expect((await slow).status).toBe(200);
  });

  it('may be anything that Teams tells', async () => {
    for (const type of ['conversationUpdate', 'installationUpdate', 'messageReaction', 'typing'])
      expect((await app.post(message({ type, text: undefined }))).status).toBe(200);
    await expect.poll(() => app.taken.length).toBe(4);
  });
});
