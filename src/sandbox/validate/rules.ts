/** A small language for Slack's validation: rules that report in Slack's own words. */

/** What a rule may ask about the workspace. */
export interface BlockFacts {
  readonly surface: 'message' | 'modal' | 'home';
  /** Whether an image block may show this `slack_file`. */
  isReadyImage(slackFile: unknown): boolean;
}

export interface Place {
  readonly pointer: string;
  readonly facts: BlockFacts;
  /** Adds a problem at this place. */
  report(problem: string): void;
  child(key: string | number): Place;
}

export type Rule = (value: unknown, at: Place) => void;
export interface Field {
  readonly rule: Rule;
  readonly required: boolean;
}

/** Root place; `problems` receives lines such as "must be … [json-pointer:/blocks/0]". */
export function place(pointer: string, facts: BlockFacts, problems: string[]): Place {
  return {
    pointer,
    facts,
    report: (problem) => problems.push(`${problem} [json-pointer:${pointer}]`),
    child: (key) => place(`${pointer}/${key}`, facts, problems),
  };
}

export const required = (rule: Rule): Field => ({ rule, required: true });
export const optional = (rule: Rule): Field => ({ rule, required: false });

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of min..max characters. */
export function string(max: number, min = 1): Rule {
  return (value, at) => {
    if (typeof value !== 'string') return at.report('must provide a string');
    if (value.length < min) at.report(`must be more than ${min - 1} characters`);
    if (value.length > max) at.report(`must be less than ${max + 1} characters`);
  };
}

export const boolean: Rule = (value, at) => {
  if (typeof value !== 'boolean') at.report('must provide a boolean');
};

export const number: Rule = (value, at) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) at.report('must provide a number');
};

export const anything: Rule = () => undefined;

export function oneOf(...allowed: readonly string[]): Rule {
  return (value, at) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      at.report(`must be one of: ${allowed.join(', ')}`);
    }
  };
}

export const httpUrl: Rule = (value, at) => {
  if (typeof value !== 'string' || !/^https?:\/\/\S+$/.test(value)) return at.report('invalid url');
  if (value.length > 3000) at.report('must be less than 3001 characters');
};

export function list(rule: Rule, limits: { min?: number; max: number }): Rule {
  return (value, at) => {
    if (!Array.isArray(value)) return at.report('must provide an array');
    const min = limits.min ?? 0;
    if (value.length < min) at.report(`no fewer than ${min} items allowed`);
    if (value.length > limits.max) at.report(`no more than ${limits.max} items allowed`);
    value.forEach((item, index) => {
      rule(item, at.child(index));
    });
  };
}

/** An object with these fields and no others, then any further checks. */
export function object(fields: Readonly<Record<string, Field>>, ...checks: readonly Rule[]): Rule {
  return (value, at) => {
    if (!isRecord(value)) return at.report('must provide an object');
    for (const [name, field] of Object.entries(fields)) {
      if (value[name] !== undefined) field.rule(value[name], at.child(name));
      else if (field.required) at.report(`missing required field: ${name}`);
    }
    for (const name of Object.keys(value)) {
      if (!(name in fields)) at.report(`invalid additional property: ${name}`);
    }
    for (const check of checks) check(value, at);
  };
}

/** Chooses the rule by the value's `type`. */
export function byType(rules: Readonly<Record<string, Rule>>): Rule {
  return (value, at) => {
    if (!isRecord(value)) return at.report('must provide an object');
    if (typeof value.type !== 'string') return at.report('missing required field: type');
    const rule = Object.hasOwn(rules, value.type) ? rules[value.type] : undefined;
    if (rule) rule(value, at);
    else at.report(`unsupported type: ${value.type}`);
  };
}

/** Reports each value of `key` that appears twice in a list of objects. */
export function uniqueBy(key: string): Rule {
  return (value, at) => {
    if (!Array.isArray(value)) return;
    const seen = new Set<unknown>();
    value.forEach((item, index) => {
      const id = isRecord(item) ? item[key] : undefined;
      if (id === undefined) return;
      if (seen.has(id))
        at.child(index)
          .child(key)
          .report(`\`${key}\` ${String(id)} already exists`);
      seen.add(id);
    });
  };
}
