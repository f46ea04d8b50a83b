/** An element's JSON where its name is known only at run time; the grammar says what may be in it. */
export interface LheoNode {
  readonly '@'?: Readonly<Record<string, string | undefined>> | undefined;
  readonly '#'?: string | undefined;
  readonly [child: string]: unknown;
}

/** True for the JSON of an element that is not a bare text. */
export function isNode(value: unknown): value is LheoNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The occurrences of a child, whether the JSON holds one or an array. */
export function occurrencesOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
