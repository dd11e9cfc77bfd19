/** A request that Slack would refuse: the error code and what it says about it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  /** Slack's `response_metadata.messages`, without their "[ERROR] ". */
  readonly problems: readonly string[];
  /** Seconds to wait, when the refusal is a rate limit. */
  readonly retryAfter: number | undefined;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    details: { problems?: readonly string[]; retryAfter?: number; extra?: Record<string, unknown> } = {},
  ) {
    super(code);
    this.code = code;
    this.problems = details.problems ?? [];
    this.retryAfter = details.retryAfter;
    this.extra = details.extra ?? {};
  }
}

/** Slack's error body for a refusal. */
export function refusalBody(refusal: Refusal): Record<string, unknown> {
  if (refusal.problems.length === 0) return { ok: false, error: refusal.code, ...refusal.extra };
  return {
    ok: false,
    error: refusal.code,
    errors: [...refusal.problems],
    response_metadata: { messages: refusal.problems.map((problem) => `[ERROR] ${problem}`) },
    ...refusal.extra,
  };
}
