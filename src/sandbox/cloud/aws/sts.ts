/** STS of the stand-in: AssumeRole hands out keys that belong to the role's account. */
import { randomBytes } from 'node:crypto';
import { AwsFault, type AwsService, textOf, unknownOperation } from './types.ts';

const SESSION = 3_600_000;

/** `remember` learns which account the new key is of. */
export function createSts(remember: (accessKeyId: string, account: string) => void): AwsService {
  return {
    id: 'sts',
    writes: () => false,
    target: ({ input }) => textOf(input, 'RoleArn'),
    handle(request) {
      if (request.operation !== 'AssumeRole') throw unknownOperation(request);
      const arn = textOf(request.input, 'RoleArn');
      const account = /^arn:[a-z-]+:iam::(\d{12}):role\/.+$/.exec(arn)?.[1];
      if (account === undefined) throw new AwsFault('ValidationError', `${arn} is invalid`);
      const key = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
      remember(key, account);
      return {
        Credentials: {
          AccessKeyId: key,
          SecretAccessKey: randomBytes(20).toString('base64'),
          SessionToken: randomBytes(40).toString('base64'),
          Expiration: new Date(request.now + SESSION),
        },
        AssumedRoleUser: {
          AssumedRoleId: `AROA:${key}`,
          Arn: arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/'),
        },
      };
    },
    snapshot: () => ({}),
  };
}
