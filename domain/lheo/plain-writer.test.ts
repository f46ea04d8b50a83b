import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { writeElement } from './writer.ts';

const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const permitted = fc.string({ unit: 'grapheme' }).filter((text) => !FORBIDDEN.test(text));
const references = fc.constantFrom('&amp;', '&#13;', 'a]]>b', 'x\ty\r\nz', '<b>"&\'');

test.prop([fc.oneof(permitted, references), fc.oneof(permitted, references)])(
  'any text that XML can hold comes back as it was, between tags and in an attribute',
  (text, attribut) => {
    const xml = writeElement('intitule-formation', { '#': text, '@': { ref: attribut } });
    const document = XmlDocument.fromString(xml);
    try {
      expect(document.root.content).toBe(text);
      expect(document.root.attr('ref')?.value).toBe(attribut);
    } finally {
      document.dispose();
    }
  },
);
