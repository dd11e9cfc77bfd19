/** Who does something: every verb, audit row and button is on behalf of one of these. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly platform: string;
      readonly id: string;
      readonly name?: string;
      readonly workspace?: string;
    }
  | { readonly kind: 'console'; readonly user: string }
  | { readonly kind: 'system'; readonly job: string };

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
