/** Expressions of Cost Explorer, checked and applied as AWS does. */
export interface BillEntry {
  readonly day: string;
  /** "00" to "23". */
  readonly hour: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly categories: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, string>>;
  readonly currency: string;
}

type Expression = Readonly<Record<string, unknown>>;
interface Match {
  readonly Key?: string;
  readonly Values?: readonly string[];
  readonly MatchOptions?: readonly string[];
}

/** What AWS would refuse an expression for; undefined when it is fine. */
export function faultOf(expression: Expression): string | undefined {
  const roots = Object.keys(expression);
  if (roots.length !== 1) return 'Expression has zero or more than one roots.';
  const [root = ''] = roots;
  const inner = expression[root];
  if (root === 'And' || root === 'Or') {
    const operands = inner as readonly Expression[];
    if (operands.length < 2) return `${root} expression must have at least 2 operands`;
    return operands.map(faultOf).find((fault) => fault !== undefined);
  }
  if (root === 'Not') return faultOf(inner as Expression);
  const { Key, Values = [], MatchOptions = [] } = inner as Match;
  if (!['Dimensions', 'Tags', 'CostCategories'].includes(root)) return `Unknown expression ${root}`;
  if (root === 'Dimensions' && (!Key || Values.length === 0)) return 'Dimensions need a key and values';
  if (MatchOptions.includes('ABSENT') ? Values.length > 0 || root === 'Dimensions' : Values.length === 0)
    return 'Match options do not go with the values';
  return undefined;
}

export function holds(expression: Expression, entry: BillEntry): boolean {
  const [[root = '', inner] = []] = Object.entries(expression);
  switch (root) {
    case 'And':
      return (inner as Expression[]).every((each) => holds(each, entry));
    case 'Or':
      return (inner as Expression[]).some((each) => holds(each, entry));
    case 'Not':
      return !holds(inner as Expression, entry);
    default: {
      const { Key = '', Values = [], MatchOptions = [] } = inner as Match;
      const values = { Dimensions: entry.dimensions, Tags: entry.tags, CostCategories: entry.categories }[
        root
      ];
      // In the bill, a tag without a value is the same as none.
      const value = values?.[Key] || undefined;
      if (MatchOptions.includes('ABSENT')) return value === undefined;
      return value !== undefined && Values.includes(value);
    }
  }
}
