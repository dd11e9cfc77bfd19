import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { PagesChanged, toOwnError } from '../../../src/sources/aws-cost-explorer/errors.ts';
import { TransientError } from '../../../src/sources/retry.ts';
import { testAccess } from '../stand-in/access.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { poll, withStandIn } from './wire.ts';

const SECRET = 'wJalrXUtnFEMIsecret';
const about = { operation: 'GetCostAndUsage', secrets: [SECRET], roleArn: undefined, now: 0 };

function vendorError(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 }, ...more });
}

describe('what AWS answers', () => {
  it.each([
    ['LimitExceededException', {}],
    ['ThrottlingException', {}],
    ['InternalServerException', { $metadata: { httpStatusCode: 500 } }],
    ['InvalidSignatureException', { $metadata: { httpStatusCode: 400, clockSkewCorrected: true } }],
    ['TimeoutError', { $metadata: {} }],
    ['Error', { $metadata: {}, code: 'ECONNRESET' }],
  ])('%s is worth another try', (name, more) => {
    expect(toOwnError(vendorError(name, 'so', more), about)).toBeInstanceOf(TransientError);
  });

  it('Retry-After is kept to', () => {
    const more = { $response: { headers: { 'retry-after': '7' } } };
    expect(toOwnError(vendorError('ThrottlingException', '', more), about)).toMatchObject({
      retryAfter: 7000,
    });
  });

  it.each(['InvalidNextTokenException', 'RequestChangedException'])('%s starts the pages over', (name) => {
    expect(toOwnError(vendorError(name, 'so'), about)).toBeInstanceOf(PagesChanged);
  });

  it.each([
    ['AccessDeniedException', 'no', 'Allow ce:GetCostAndUsage'],
    ['ExpiredTokenException', 'expired', 'expired: make new ones'],
    ['UnrecognizedClientException', 'invalid', 'make a new one'],
    ['SignatureDoesNotMatch', 'no match', 'secret access key does not belong'],
    ['RequestExpired', 'old', 'Set the clock'],
    ['DataUnavailableException', 'none', 'switch it on'],
    ['BillExpirationException', 'gone', 'Import an export'],
    ['ValidationException', "You haven't enabled historical data beyond 14 months", 'keeps 13 months'],
    ['CredentialsProviderError', 'Could not load credentials', 'AWS_ACCESS_KEY_ID'],
  ])('%s is said with its mend', (name, message, mend) => {
    const error = toOwnError(vendorError(name, message), about);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'UPSTREAM', hint: expect.stringContaining(mend) });
  });

  it('secrets are never repeated', () => {
    const said = [
      toOwnError(vendorError('ValidationException', `bad header ${SECRET}`), about),
      toOwnError(
        vendorError('SignatureDoesNotMatch', 'The Canonical String is x-amz-security-token:abcdef'),
        about,
      ),
    ];
    expect(said.map((error) => error.message).join()).not.toMatch(/wJalr|abcdef/);
  });
});

it('a poll that is called off ends at once', () =>
  withStandIn({}, async (standIn) => {
    const window = { start: '2026-11-10', end: '2026-11-20' };
    standIn.bill(truthCharges(window));
    const calledOff = AbortSignal.abort(new Error('stopped'));
    await expect(
      poll(standIn, window, {
        request: { ...testAccess({}), variable: (name) => standIn.variables[name], signal: calledOff },
      }),
    ).rejects.toThrow('stopped');
    expect(standIn.requests).toHaveLength(0);
  }));
