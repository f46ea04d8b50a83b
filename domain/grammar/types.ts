import type { AttributName } from './attributs.ts';
import type { ELEMENTS, ElementName } from './elements.ts';

export type { AttributName } from './attributs.ts';
export type { ElementName } from './elements.ts';
export type { LheoVersion } from './shape.ts';

/** Attributes of an element, by name; `extra` alone may hold others. */
export type LheoAttributs = { readonly [K in AttributName]?: string | undefined };

/** A leaf: its text byte for byte, or its text under `#` beside its attributes. */
export type LheoTexte = string | { readonly '#'?: string | undefined; readonly '@'?: LheoAttributs | undefined };

/** An `extra`: a text, or the XML of its content when that has elements (names of LHÉO without prefix). */
export type LheoExtra =
  | string
  | {
      readonly '#'?: string | undefined;
      readonly xml?: string | undefined;
      readonly '@'?: Readonly<Record<string, string | undefined>> | undefined;
    };

/** An `extras`: what it holds, in document order. */
export interface LheoExtras {
  readonly '@'?: LheoAttributs | undefined;
  readonly contenu: readonly ({ readonly extra: LheoExtra } | { readonly extras: LheoExtras })[];
}

type Rows = typeof ELEMENTS;
type ChildOf<Row> = Row extends { readonly children: readonly (infer C)[] }
  ? Extract<C, readonly [ElementName, ...unknown[]]>
  : never;
type Content<C> = C extends readonly [infer N extends ElementName, unknown, infer M, ...unknown[]]
  ? M extends 1
    ? LheoElement<N>
    : readonly LheoElement<N>[]
  : never;
type Mandatory<C> = Extract<C, readonly [unknown, 1, ...unknown[]]>;
type Facultative<C> = Extract<C, readonly [unknown, 0, ...unknown[]]>;
type NameOf<C> = C extends readonly [infer N extends string, ...unknown[]] ? N : never;

type LheoSequence<C> = { readonly '@'?: LheoAttributs } & {
  readonly [K in Mandatory<C> as NameOf<K>]: Content<K>;
} & { readonly [K in Facultative<C> as NameOf<K>]?: Content<K> };

/**
 * The JSON of one element as LHÉO 2.3 has it. A sequence is keyed by its children's names, a child that may occur more
 * than once is an array, attributes are under `@`. Order comes from the grammar, not from the keys.
 */
export type LheoElement<N extends ElementName> = Rows[N] extends { readonly kind: 'sequence' }
  ? LheoSequence<ChildOf<Rows[N]>>
  : Rows[N] extends { readonly kind: 'extras' }
    ? LheoExtras
    : Rows[N] extends { readonly kind: 'any' }
      ? LheoExtra
      : LheoTexte;
