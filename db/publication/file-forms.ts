import { FULL_FOOT, fullHead, INDEX_FOOT, INDEX_HEAD } from '../../domain/lheo/fiche/out-bytes.ts';
import { ORGANISMES_HEAD, SESSIONS_HEAD } from '../../domain/lheo/fiche/out-csv.ts';
import { JSONLD_FOOT, JSONLD_HEAD } from '../../domain/lheo/fiche/out-jsonld.ts';
import type { FicheKind } from '../../domain/model/vocabulary.ts';
import type { MemberBytes } from './members.ts';

export const FULL_FILE = 'lheo-2.3.xml';

interface FileForm {
  readonly mediaType: string;
  readonly kind: FicheKind;
  readonly head: string;
  readonly foot: string;
  readonly piece: (member: MemberBytes) => Buffer | null;
  /** Small pieces are compressed again page by page; large ones keep their own gzip members. */
  readonly packed: boolean;
}

/** The files of a release, each a function of its set alone. */
export const RELEASE_FILES = {
  [FULL_FILE]: {
    mediaType: 'application/xml',
    kind: 'formation',
    head: fullHead('2.3'),
    foot: FULL_FOOT,
    piece: ({ lheo }) => lheo,
    packed: true,
  },
  'lheo-2.2.xml': {
    mediaType: 'application/xml',
    kind: 'formation',
    head: fullHead('2.2'),
    foot: FULL_FOOT,
    piece: ({ lheo, lheo22 }) => lheo22 ?? lheo,
    packed: true,
  },
  'sessions.csv': {
    mediaType: 'text/csv; charset=utf-8',
    kind: 'formation',
    head: SESSIONS_HEAD,
    foot: '',
    piece: ({ csv }) => csv,
    packed: false,
  },
  'formations.jsonld': {
    mediaType: 'application/ld+json',
    kind: 'formation',
    head: JSONLD_HEAD,
    foot: JSONLD_FOOT,
    piece: ({ jsonld }) => jsonld,
    packed: true,
  },
  'organismes.csv': {
    mediaType: 'text/csv; charset=utf-8',
    kind: 'organisme',
    head: ORGANISMES_HEAD,
    foot: '',
    piece: ({ csv }) => csv,
    packed: false,
  },
  'lheo-index.xml': {
    mediaType: 'application/xml',
    kind: 'organisme',
    head: INDEX_HEAD,
    foot: INDEX_FOOT,
    piece: ({ lheo }) => lheo,
    packed: false,
  },
} as const satisfies Readonly<Record<string, FileForm>>;
export type ReleaseFileName = keyof typeof RELEASE_FILES;
export const RELEASE_FILE_NAMES = Object.keys(RELEASE_FILES) as ReleaseFileName[];
