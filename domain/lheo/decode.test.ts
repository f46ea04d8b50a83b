import { describe, expect, it } from '@jest/globals';
import { decodeXml } from './decode.ts';

const TEXT = '<é€>';

describe('the text of a file', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-8 without declaration', Buffer.from(TEXT), TEXT],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${TEXT}`), TEXT],
    ['UTF-16 little endian', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), TEXT],
    ['UTF-16 big endian', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16(), TEXT],
    ['ISO-8859-1', declared('ISO-8859-1', [0x3c, 0xe9, 0x3e]), '<é>'],
    ['ISO-8859-15', declared('iso-8859-15', [0xe9, 0xa4]), 'é€'],
    ['windows-1252', declared('Windows-1252', [0xe9, 0x80]), 'é€'],
  ])('is read from %s, byte by byte too', async (_, bytes, text) => {
    expect(await textOf([bytes])).toContain(text);
    expect(await textOf([...bytes].map((byte) => Uint8Array.of(byte)))).toBe(await textOf([bytes]));
  });

  it.each<[string, Uint8Array]>([
    ['another encoding', declared('ebcdic-fr', [])],
    ['bytes that are not UTF-8', Uint8Array.of(0x3c, 0xe9, 0x3e)],
    ['a character cut at the end', Uint8Array.of(0x3c, 0xc3)],
  ])('is refused with its code: %s', async (_, bytes) => {
    await expect(textOf([bytes])).rejects.toMatchObject({ code: 'encodage' });
  });
});

function declared(encoding: string, bytes: readonly number[]): Uint8Array {
  return Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>`), Uint8Array.from(bytes)]);
}

async function textOf(chunks: Uint8Array[]): Promise<string> {
  let text = '';
  for await (const piece of decodeXml(chunks)) text += piece;
  return text;
}
