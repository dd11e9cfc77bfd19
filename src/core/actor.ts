/** Who does something: every verb, audit row and button is on behalf of one of these. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly platform: string;
      readonly id: string;
      readonly name?: string;
      readonly workspace?: string;
      /** What the platform says of them now; absent where nobody asked it. */
      readonly seen?: Seen;
    }
  | { readonly kind: 'console'; readonly user: string }
  | { readonly kind: 'system'; readonly job: string };

/** A person as their platform's directory knows them at this moment. */
export interface Seen {
  /** foreign: of another workspace than ours. unknown: the platform knows no such person. silent: it did not answer. */
  readonly state: 'active' | 'deactivated' | 'guest' | 'bot' | 'foreign' | 'unknown' | 'silent';
  /** Only of an active member of our own workspace. */
  readonly email?: string;
  /** User groups ("@handle") of pennywatch.yaml the person is in, and those of which no platform said who is in them. */
  readonly groups: readonly string[];
  readonly unclearGroups: readonly string[];
}

/** Stable text for audit rows and logs, e.g. "slack:U123", "console:root", "system:import". */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return `${actor.platform}:${actor.id}`;
    case 'console':
      return `console:${actor.user}`;
    case 'system':
      return `system:${actor.job}`;
  }
}
