/** What the AWS stand-in and its services agree on, whatever the wire protocol. */

/** One call, decoded from its protocol. */
export interface AwsRequest {
  /** "StopInstances" */
  readonly operation: string;
  /**
   * JSON services: the body. REST (EKS): the body, with what the path says. Query services (EC2, Auto Scaling, STS): the
   * form's fields as they are written, "InstanceId.1".
   */
  readonly input: Readonly<Record<string, unknown>>;
  readonly region: string;
  /** Account of whoever signed; undefined: of no certain account, sees all. */
  readonly account: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** One service over a state in memory. Answers are plain objects with the vendor's field names; times are Dates. */
export interface AwsService {
  /** As in the scope of a signature: "ec2", "autoscaling", "ecs", "eks", "sagemaker", "sts". */
  readonly id: string;
  /** Whether the operation changes anything. */
  writes(operation: string): boolean;
  /** Id or name of what the call is about. */
  target(request: AwsRequest): string;
  /** Throws AwsFault for what the vendor refuses. */
  handle(request: AwsRequest): Readonly<Record<string, unknown>>;
  /** Everything it holds as of a time, plain data. */
  snapshot(now: number): unknown;
}

/** A refusal in the vendor's words: "IncorrectInstanceState". */
export class AwsFault extends Error {
  override readonly name = 'AwsFault';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export function unknownOperation({ operation }: AwsRequest): AwsFault {
  return new AwsFault('InvalidAction', `The action ${operation} is not valid for this web service.`);
}

/** Whether the signer's account holds it in the region that was asked. */
export function isThere(
  { account, region }: AwsRequest,
  resource: { readonly account: string; readonly region: string },
): boolean {
  return (account === undefined || account === resource.account) && region === resource.region;
}

/** A text of the input; empty when it is missing. */
export function textOf(input: Readonly<Record<string, unknown>>, field: string): string {
  const value = input[field];
  return typeof value === 'string' ? value : '';
}

/** Values of a list in a form, "InstanceId.1", "InstanceId.2" or with "member" between, in order. */
export function listed(input: Readonly<Record<string, unknown>>, field: string): string[] {
  const found: string[] = [];
  for (let index = 1; ; index++) {
    const value = input[`${field}.${index}`] ?? input[`${field}.member.${index}`];
    if (typeof value !== 'string') return found;
    found.push(value);
  }
}
