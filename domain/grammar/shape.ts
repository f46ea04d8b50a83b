export const LHEO_VERSIONS = ['2.2', '2.3'] as const;
export type LheoVersion = (typeof LHEO_VERSIONS)[number];

/** Namespace of each version's elements. */
export const NAMESPACES = {
  '2.2': 'http://www.lheo.org/2.2',
  '2.3': 'http://lheo.gouv.fr/2.3',
} as const satisfies Record<LheoVersion, string>;

/** Upper bound of a child's occurrences; `n` is unbounded. */
export type Max = number | 'n';

/** A child of a sequence: name, least and most occurrences in 2.3, then what 2.2 says otherwise. */
export type ChildRow =
  | readonly [name: string, min: 0 | 1, max: Max]
  | readonly [
      name: string,
      min: 0 | 1,
      max: Max,
      differs: { readonly since: '2.3' } | { readonly v22: readonly [0 | 1, Max] },
    ];

export type AttributsKind = 'commun' | 'suivi' | 'lien' | 'lienSuivi';

interface CommonRow {
  readonly label: string;
  readonly since?: '2.3';
  /** Set of attributes; `commun` when absent. */
  readonly attributs?: AttributsKind;
}

/**
 * One element. Lengths of a text are in characters and are the schema's. Bounds of an `int` are the reference
 * documentation's: the schema takes any 64-bit integer, so rules judge them and the generated schema does not.
 */
export type ElementRow = CommonRow &
  (
    | { readonly kind: 'text'; readonly min: number; readonly max: number; readonly v22?: { readonly max: number } }
    | { readonly kind: 'key'; readonly dict: string }
    | { readonly kind: 'int'; readonly min: number; readonly max: number }
    | { readonly kind: 'date' }
    | { readonly kind: 'any' }
    | { readonly kind: 'extras' }
    | { readonly kind: 'sequence'; readonly children: readonly ChildRow[] }
  );

export type ElementKind = ElementRow['kind'];

export interface DictEntry {
  readonly code: string;
  readonly label: string;
  readonly since?: '2.3';
  /** What 2.2 says otherwise: its label, or the nearest code it has. */
  readonly v22?: { readonly label: string } | { readonly code: string };
}

export interface DictRow {
  readonly label: string;
  readonly entries: readonly DictEntry[];
}

export type AttributType = 'string' | 'id' | 'idref' | 'dateTime' | 'uri';

export interface AttributRow {
  readonly label: string;
  readonly type: AttributType;
  readonly since?: '2.3';
  /** The sets that hold it; all when absent. */
  readonly only?: readonly AttributsKind[];
}
