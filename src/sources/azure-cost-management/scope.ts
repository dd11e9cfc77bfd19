/** Scopes of the Query API: whose cost is asked for, told apart by the shape of their path. */

export interface Scope {
  /** As Azure writes it, without a slash at its end. */
  readonly path: string;
  /** The account that is billed, as far as the scope says. */
  readonly account: string;
  /** Values of dimensions that the scope itself decides. */
  readonly known: ReadonlyMap<string, string>;
}

const ID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const NAME = String.raw`[\p{L}\p{N}_.():;-]{1,150}`;
const SHAPES: readonly RegExp[] = [
  new RegExp(`^/subscriptions/(?<subscription>${ID})$`, 'iu'),
  new RegExp(`^/subscriptions/(?<subscription>${ID})/resourceGroups/(?<group>${NAME})$`, 'iu'),
  new RegExp(`^/providers/Microsoft\\.Management/managementGroups/(?<management>${NAME})$`, 'iu'),
  new RegExp(`^/providers/Microsoft\\.Billing/billingAccounts/(?<billing>${NAME})$`, 'iu'),
  new RegExp(
    `^/providers/Microsoft\\.Billing/billingAccounts/(?<billing>${NAME})/(?:(?:billingProfiles/${NAME}(?:/invoiceSections/${NAME})?)|(?:(?:departments|enrollmentAccounts|customers)/${NAME}))$`,
    'iu',
  ),
];

/** The scope of a path as written in the settings; undefined when it has none of the shapes. */
export function parseScope(written: string): Scope | undefined {
  const path = `/${written.trim().replace(/^\/+|\/+$/g, '')}`;
  // A dot segment would ask for something else than what is written.
  if (path.split('/').some((part) => /^\.+$/.test(part))) return undefined;
  const found = SHAPES.map((shape) => shape.exec(path)).find((match) => match !== null)?.groups;
  if (!found) return undefined;
  const { subscription, group, management, billing } = found;
  const known = new Map([
    ...(subscription ? ([['SubscriptionId', subscription.toLowerCase()]] as const) : []),
    ...(group ? ([['ResourceGroupName', group.toLowerCase()]] as const) : []),
  ]);
  return { path, account: subscription?.toLowerCase() ?? management ?? billing ?? path, known };
}

/** The two scopes of which one lies within the other; their cost would be counted twice. */
export function findNested(scopes: readonly Scope[]): readonly [Scope, Scope] | undefined {
  for (const [index, inner] of scopes.entries())
    for (const [other, outer] of scopes.entries())
      if (index !== other && `${inner.path}/`.toLowerCase().startsWith(`${outer.path}/`.toLowerCase()))
        return [inner, outer];
  return undefined;
}

/** Address of its queries. */
export function queryUrl(baseUrl: string, { path }: Scope, apiVersion: string): URL {
  const encoded = path
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%3A', ':'))
    .join('/');
  return new URL(
    `${baseUrl}${encoded}/providers/Microsoft.CostManagement/query?api-version=${encodeURIComponent(apiVersion)}`,
  );
}
