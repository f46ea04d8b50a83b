import { EncodageError } from './faults.ts';

/** Encodings that are read, by the name an XML declaration may give; the value is the platform's label. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
};

/** An XML declaration ends within this many bytes, in UTF-16 too. */
const HEAD_BYTES = 512;

/**
 * Text of an XML file's bytes: strict UTF-8, or the encoding its byte order mark or declaration names among those above.
 * Throws `EncodageError` for another encoding or bytes that are not in it.
 */
export async function* decodeXml(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (decoder !== undefined) {
      yield decode(decoder, chunk, true);
      continue;
    }
    head = concat(head, chunk);
    if (head.length < HEAD_BYTES) continue;
    decoder = decoderFor(head);
    yield decode(decoder, head, true);
  }
  yield decode(decoder ?? decoderFor(head), decoder === undefined ? head : new Uint8Array(0), false);
}

function decode(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    throw new EncodageError(`des octets ne sont pas du ${decoder.encoding}`);
  }
}

function decoderFor(head: Uint8Array): TextDecoder {
  const marked = markedEncoding(head);
  const declared = declaredEncoding(head, marked);
  const label = marked ?? (declared === undefined ? 'utf-8' : ENCODINGS[declared]);
  if (label === undefined)
    throw new EncodageError(`l'encodage « ${declared} » n'est pas lu : envoyer le fichier en UTF-8`);
  return new TextDecoder(label, { fatal: true });
}

/** The encoding that a byte order mark, or the zero bytes of UTF-16, shows. */
function markedEncoding(head: Uint8Array): string | undefined {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  return undefined;
}

function declaredEncoding(head: Uint8Array, marked: string | undefined): string | undefined {
  const text = new TextDecoder(marked ?? 'windows-1252').decode(head.subarray(0, HEAD_BYTES));
  const found = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(text)?.[1]?.toLowerCase();
  return found === 'utf-16' && marked === undefined ? 'utf-8' : found;
}

function concat(a: Uint8Array<ArrayBuffer>, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
