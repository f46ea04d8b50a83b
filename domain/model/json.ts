/** Plain JSON as documents hold it; an absent key and `undefined` mean the same. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A field that is read as one value: a scalar, or a text with its attributes (`#`, `@`, the `xml` of an extra). */
export function isLeaf(value: unknown): boolean {
  if (isArray(value)) return false;
  return !isRecord(value) || Object.keys(value).every((key) => key === '#' || key === '@' || key === 'xml');
}

/** Rows that SOFI names by id: actions, sessions, dispositifs, sites. */
export function isKeyed(value: readonly unknown[]): value is readonly (JsonRecord & { readonly id: string })[] {
  return value.length > 0 && value.every((item) => isRecord(item) && typeof item.id === 'string');
}

/** Makes texts of values. */
export type ToText = (value: unknown) => string;

function textOf(value: unknown, inner: ToText): string {
  if (isArray(value)) return `[${value.map((item) => inner(item ?? null)).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${inner(member)}`);
  }
  return `{${members.join(',')}}`;
}

/** JSON with sorted keys and without absent ones: equal contents give equal texts, whatever the order of keys. */
export function canonicalJson(value: unknown): string {
  return textOf(value, canonicalJson);
}

/** The same, going over each row with an id once only: for a document and then for the rows within it. */
export function rememberingJson(): ToText {
  const known = new WeakMap<object, string>();
  const toText: ToText = (value) => {
    if (typeof value === 'string') return JSON.stringify(value);
    if (!isRecord(value) || typeof value.id !== 'string') return textOf(value, toText);
    const text = known.get(value) ?? textOf(value, toText);
    known.set(value, text);
    return text;
  };
  return toText;
}

/** Same content, whatever the order of keys; an absent key equals an undefined one. */
export function sameJson(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}
