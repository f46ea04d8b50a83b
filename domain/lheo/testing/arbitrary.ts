import fc from 'fast-check';
import { type ElementRule, grammarOf } from '../../grammar/compiled.ts';
import type { AttributType, LheoVersion } from '../../grammar/shape.ts';

const CHARACTERS = fc.constantFrom(...'abcdéè ÀŒ&<>"\'\n\t-1234567890'.split(''), '𝔸');
const LONGEST = 24;

const ATTRIBUT_VALUES: Readonly<Record<AttributType, fc.Arbitrary<string>>> = {
  string: fc.string({ unit: CHARACTERS, maxLength: 12 }),
  id: fc.noBias(fc.uuid()).map((uuid) => `i${uuid}`),
  idref: fc.constantFrom('a', 'b-1', '_c'),
  dateTime: fc.constantFrom('2026-11-02T08:30:00', '2026-11-02T08:30:00.25+01:00', '1999-12-31T23:59:59Z'),
  uri: fc.constantFrom('https://exemple.fr/a?b=c&d=e', 'urn:x:1', '', '#x'),
};

/** Valid JSON of each element of a version, by name. */
export function arbitraryElements(version: LheoVersion): Readonly<Record<string, fc.Arbitrary<unknown>>> {
  const rules = [...grammarOf(version).values()];
  return fc.letrec<Record<string, unknown>>((tie) =>
    Object.fromEntries(rules.map((rule) => [rule.name, arbitraryElement(rule, tie)])),
  );
}

type Tie = (name: string) => fc.Arbitrary<unknown>;

function arbitraryElement(rule: ElementRule, tie: Tie): fc.Arbitrary<unknown> {
  const attributs = arbitraryAttributs(rule);
  if (rule.kind === 'sequence') {
    return fc
      .tuple(attributs, arbitraryChildren(rule, tie))
      .map(([at, children]) => (at === undefined ? children : { ...children, '@': at }));
  }
  if (rule.kind === 'extras') {
    return fc
      .tuple(attributs, arbitraryContenu(tie))
      .map(([at, contenu]) => (at === undefined ? { contenu } : { contenu, '@': at }));
  }
  const leaf = fc
    .tuple(attributs, arbitraryText(rule))
    .map(([at, text]) => (at === undefined ? text : { '#': text, '@': at }));
  return rule.kind === 'any'
    ? fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 1, arbitrary: arbitraryRaw(attributs) })
    : leaf;
}

function arbitraryChildren(rule: ElementRule, tie: Tie): fc.Arbitrary<Record<string, unknown>> {
  const model: Record<string, fc.Arbitrary<unknown>> = {};
  for (const child of rule.children) {
    const { min, max, list } = child;
    const one = tie(child.name);
    const some = list
      ? fc.array(one, { minLength: 1, maxLength: Math.min(max, child.name === 'extras' ? 1 : 2) })
      : one;
    model[child.name] =
      min > 0 ? some : fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: some });
  }
  return fc
    .record(model)
    .map((children) => Object.fromEntries(Object.entries(children).filter(([, value]) => value !== undefined)));
}

function arbitraryContenu(tie: Tie): fc.Arbitrary<unknown[]> {
  const item = fc.oneof(
    { maxDepth: 2, depthIdentifier: 'extras' },
    tie('extra').map((extra) => ({ extra })),
    tie('extras').map((extras) => ({ extras })),
  );
  return fc.array(item, { maxLength: 3, depthIdentifier: 'extras' });
}

function arbitraryAttributs(rule: ElementRule): fc.Arbitrary<Record<string, string> | undefined> {
  const model = Object.fromEntries(
    [...rule.attributs].map(([name, type]) => [name, fc.option(ATTRIBUT_VALUES[type], { nil: undefined, freq: 2 })]),
  );
  const some = fc.record(model).map((found) => {
    const entries = Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  });
  return fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: some });
}

function arbitraryText(rule: ElementRule): fc.Arbitrary<string> {
  switch (rule.kind) {
    case 'key':
      return fc.constantFrom(...rule.codes);
    case 'int':
      return fc.oneof(
        fc.integer({ min: 0, max: 99999 }).map(String),
        fc.constantFrom('-3', '+7', '007', '9223372036854775807', ' 12 '),
      );
    case 'date':
      return fc.constantFrom('00000000', '99999999', '20261399', '20270104', ' 20270104\n');
    default:
      return boundedText(rule.min, rule.max);
  }
}

function boundedText(min: number, max: number): fc.Arbitrary<string> {
  const usual = fc
    .array(CHARACTERS, { minLength: min, maxLength: Math.min(max, min + LONGEST), size: 'max' })
    .map((units) => units.join(''));
  const edges = max === Infinity ? [''] : ['é'.repeat(min), '𝔸'.repeat(max)];
  return fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...edges) });
}

function arbitraryRaw(attributs: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const xml = fc.constantFrom(
    '<x:a xmlns:x="urn:essai" x:b="1">t</x:a>',
    'avant <b xmlns="urn:essai"><c d="&#10;e">&lt;</c></b> après\n',
    '<libre>é</libre>',
    '<a xmlns="">x<b></b></a>',
  );
  return fc.tuple(attributs, xml).map(([at, raw]) => (at === undefined ? { xml: raw } : { xml: raw, '@': at }));
}
